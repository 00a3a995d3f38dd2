package org.thinkfamily.attachments;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Takes out of a photograph what it says beside the picture: where and when it was taken, by whom, with what, a smaller picture of it, and whatever stands after its end.
 * The picture itself stays as it is, bit by bit; so do its colours, and which side is up.
 */
final class Image {

    private static final Set<String> PNG_KEPT = Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs");
    private static final int ORIENTATION = 0x0112;

    private Image() { }

    /** @throws Refused when it is no whole picture of that type */
    static byte[] cleaned(FileType type, byte[] file) throws Refused {
        try {
            return type == FileType.JPEG ? jpeg(file) : png(file);
        } catch (IndexOutOfBoundsException | IllegalArgumentException cut) {
            throw new Refused("attachments.not-what-it-says");
        }
    }

    private static byte[] jpeg(byte[] file) throws Refused {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, 2);
        int at = 2;
        int orientation = 1;
        boolean picture = false;
        int written = 0;
        while (true) {
            if (byteAt(file, at) != 0xff) {
                throw new Refused("attachments.not-what-it-says");
            }
            int marker = byteAt(file, at + 1);
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == 0xd9) {
                out.write(file, at, 2);
                break;
            }
            int length = byteAt(file, at + 2) << 8 | byteAt(file, at + 3);
            int end = at + 2 + length;
            if (length < 2 || end > file.length) {
                throw new Refused("attachments.not-what-it-says");
            }
            boolean app = marker >= 0xe0 && marker <= 0xef;
            if (marker == 0xe1 && orientation == 1) {
                orientation = orientation(Arrays.copyOfRange(file, at + 4, end));
            }
            if (marker == 0xda) {
                // From here on the picture itself, until a marker that is none of it.
                picture = true;
                if (written++ == 0 && orientation > 1) {
                    upright(out, orientation);
                }
                while (!(byteAt(file, end) == 0xff && byteAt(file, end + 1) != 0 && !(byteAt(file, end + 1) >= 0xd0 && byteAt(file, end + 1) <= 0xd7))) {
                    end++;
                }
            }
            if (app ? kept(file, marker, at + 4) : marker != 0xfe) {
                out.write(file, at, end - at);
            }
            at = end;
        }
        if (!picture) {
            throw new Refused("attachments.not-what-it-says");
        }
        return out.toByteArray();
    }

    private static boolean kept(byte[] file, int marker, int from) {
        return switch (marker) {
            case 0xe0 -> starts(file, from, "JFIF\0");
            case 0xe2 -> starts(file, from, "ICC_PROFILE\0");
            case 0xee -> starts(file, from, "Adobe");
            default -> false;
        };
    }

    private static boolean starts(byte[] file, int from, String text) {
        return from + text.length() <= file.length && new String(file, from, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    private static int byteAt(byte[] file, int at) {
        return file[at] & 0xff;
    }

    /** Which side of the picture is up, 1 to 8, from what the camera says; 1 when it does not say. */
    private static int orientation(byte[] exif) {
        if (!starts(exif, 0, "Exif\0\0") || exif.length < 14) {
            return 1;
        }
        ByteBuffer tiff = ByteBuffer.wrap(exif, 6, exif.length - 6).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        try {
            int directory = tiff.getInt(4);
            for (int entry = 0; entry < Short.toUnsignedInt(tiff.getShort(directory)); entry++) {
                int at = directory + 2 + 12 * entry;
                if (Short.toUnsignedInt(tiff.getShort(at)) == ORIENTATION) {
                    int said = tiff.getShort(at + 8);
                    return said >= 1 && said <= 8 ? said : 1;
                }
            }
        } catch (IndexOutOfBoundsException broken) {
            return 1;
        }
        return 1;
    }

    /** Says which side is up, and nothing else. */
    private static void upright(ByteArrayOutputStream out, int orientation) {
        ByteBuffer segment = ByteBuffer.allocate(36);
        segment.putShort((short) 0xffe1).putShort((short) 34).put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1)).put("MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8)
                .putShort((short) 1).putShort((short) ORIENTATION).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0).putInt(0);
        out.writeBytes(segment.array());
    }

    private static byte[] png(byte[] file) throws Refused {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, 8);
        ByteBuffer chunks = ByteBuffer.wrap(file);
        boolean picture = false;
        for (int at = 8;;) {
            int length = chunks.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                throw new Refused("attachments.not-what-it-says");
            }
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            CRC32 sum = new CRC32();
            sum.update(file, at + 4, length + 4);
            if ((int) sum.getValue() != chunks.getInt(at + 8 + length) || at == 8 && !type.equals("IHDR")) {
                throw new Refused("attachments.not-what-it-says");
            }
            picture |= type.equals("IDAT");
            if (PNG_KEPT.contains(type)) {
                out.write(file, at, length + 12);
            }
            at += length + 12;
            if (type.equals("IEND")) {
                if (!picture) {
                    throw new Refused("attachments.not-what-it-says");
                }
                return out.toByteArray();
            }
        }
    }
}
