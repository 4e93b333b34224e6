package dev.failover.test.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

/**
 * Completes an abstract class that implements a JDBC interface. The missing methods do
 * nothing and return null, zero or false. The result is plain byte code: a call costs
 * what it costs in a class written by hand.
 */
final class StubClass {

	private StubClass() {
	}

	/**
	 * Returns the constructor of the completed class, typed as one of the abstract class.
	 * @param type an abstract class with one constructor
	 */
	static MethodHandle constructor(Lookup lookup, Class<?> type) {
		MethodType signature = MethodType.methodType(void.class, type.getDeclaredConstructors()[0].getParameterTypes());
		try {
			Class<?> completed = lookup.defineClass(bytes(type, signature));
			return lookup.findConstructor(completed, signature).asType(signature.changeReturnType(type));
		}
		catch (IllegalAccessException | NoSuchMethodException ex) {
			throw new IllegalStateException("Cannot complete " + type, ex);
		}
	}

	private static byte[] bytes(Class<?> type, MethodType signature) {
		ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
		String parent = Type.getInternalName(type);
		writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, parent + "$Completed", null, parent, null);
		writeConstructor(writer, parent, signature);
		Set<String> written = new HashSet<>();
		for (Method method : type.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers())
					&& written.add(method.getName() + Type.getMethodDescriptor(method))) {
				writeMethod(writer, method);
			}
		}
		writer.visitEnd();
		return writer.toByteArray();
	}

	private static void writeConstructor(ClassWriter writer, String parent, MethodType signature) {
		String descriptor = signature.toMethodDescriptorString();
		MethodVisitor code = writer.visitMethod(0, "<init>", descriptor, null, null);
		code.visitCode();
		code.visitVarInsn(Opcodes.ALOAD, 0);
		int slot = 1;
		for (Type argument : Type.getArgumentTypes(descriptor)) {
			code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
			slot += argument.getSize();
		}
		code.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", descriptor, false);
		code.visitInsn(Opcodes.RETURN);
		code.visitMaxs(0, 0);
		code.visitEnd();
	}

	private static void writeMethod(ClassWriter writer, Method method) {
		MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, method.getName(), Type.getMethodDescriptor(method),
				null, null);
		Type result = Type.getReturnType(method);
		code.visitCode();
		switch (result.getSort()) {
			case Type.VOID -> {
			}
			case Type.LONG -> code.visitInsn(Opcodes.LCONST_0);
			case Type.FLOAT -> code.visitInsn(Opcodes.FCONST_0);
			case Type.DOUBLE -> code.visitInsn(Opcodes.DCONST_0);
			case Type.OBJECT, Type.ARRAY -> code.visitInsn(Opcodes.ACONST_NULL);
			default -> code.visitInsn(Opcodes.ICONST_0);
		}
		code.visitInsn(result.getOpcode(Opcodes.IRETURN));
		code.visitMaxs(0, 0);
		code.visitEnd();
	}

}
