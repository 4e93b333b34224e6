"""Joins PNG files of one size to an animated PNG.

mvn -Pall-faults -pl sample-app -am test -Dtest=PageBrowserTests -Dscreenshots=/tmp/page \\
    -Dsurefire.failIfNoSpecifiedTests=false
python3 docs/images/animate.py docs/images/page-failover.png /tmp/page/frame-*.png
"""
import struct
import sys
import zlib

SECONDS_PER_FRAME = 2
SIGNATURE = b'\x89PNG\r\n\x1a\n'


def chunks(file):
    data = open(file, 'rb').read()[len(SIGNATURE):]
    while data:
        length, = struct.unpack('>I', data[:4])
        yield data[4:8], data[8:8 + length]
        data = data[12 + length:]


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def animate(target, files):
    headers = {dict(chunks(file))[b'IHDR'] for file in files}
    if len(headers) != 1:
        sys.exit('The files differ in size or format')
    header = headers.pop()
    out = SIGNATURE + chunk(b'IHDR', header) + chunk(b'acTL', struct.pack('>II', len(files), 0))
    sequence = 0
    for index, file in enumerate(files):
        out += chunk(b'fcTL', struct.pack('>I', sequence) + header[:8] + struct.pack('>IIHHBB', 0, 0, SECONDS_PER_FRAME, 1, 0, 0))
        sequence += 1
        for kind, data in chunks(file):
            if kind == b'IDAT' and index == 0:
                out += chunk(kind, data)
            elif kind == b'IDAT':
                out += chunk(b'fdAT', struct.pack('>I', sequence) + data)
                sequence += 1
    open(target, 'wb').write(out + chunk(b'IEND', b''))


animate(sys.argv[1], sys.argv[2:])
