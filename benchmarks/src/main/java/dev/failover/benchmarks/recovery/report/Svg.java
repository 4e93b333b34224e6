package dev.failover.benchmarks.recovery.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A picture as SVG, in pixels from the upper left.
 */
final class Svg {

	private static final String FONT = "font-family=\"Helvetica, Arial, sans-serif\"";

	private final StringBuilder body = new StringBuilder();

	private final int width;

	private final int height;

	Svg(int width, int height) {
		this.width = width;
		this.height = height;
	}

	/**
	 * A filled rectangle.
	 */
	Svg rect(double x, double y, double w, double h, String colour) {
		return add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>", x, y, w, h, colour);
	}

	/**
	 * A line.
	 */
	Svg line(double x1, double y1, double x2, double y2, String colour) {
		return add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>", x1, y1, x2, y2, colour);
	}

	/**
	 * A line through points.
	 */
	Svg path(List<double[]> points, String colour, double thickness) {
		String list = points.stream()
			.map((point) -> String.format(Locale.ROOT, "%.1f,%.1f", point[0], point[1]))
			.collect(Collectors.joining(" "));
		return add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"/>", list, colour,
				thickness);
	}

	/**
	 * Text that begins there.
	 */
	Svg text(double x, double y, int size, String text) {
		return text(x, y, size, "start", text);
	}

	/**
	 * Text whose {@code anchor} ({@code start}, {@code middle}, {@code end}) is there.
	 */
	Svg text(double x, double y, int size, String anchor, String text) {
		return add("<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\" fill=\"#222\">%s</text>", x, y,
				size, anchor, escape(text));
	}

	private Svg add(String format, Object... values) {
		this.body.append(String.format(Locale.ROOT, format, values)).append('\n');
		return this;
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" %3$s>%n"
						+ "<rect width=\"%1$d\" height=\"%2$d\" fill=\"#fff\"/>%n%4$s</svg>%n",
				this.width, this.height, FONT, this.body);
	}

}
