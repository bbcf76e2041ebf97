import { deflateSync } from 'node:zlib';

/** A file as a browser's file control takes it. */
export interface Sample {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const CRC = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value >>> 0;
});

function crc32(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value = (CRC[(value ^ byte) & 0xff]! ^ (value >>> 8)) >>> 0;
  }
  return (value ^ 0xffffffff) >>> 0;
}

/** A picture of one colour going over into another (PNG, RGB). */
export function png(name: string, width = 320, height = 200): Sample {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      rows[at] = 20 + Math.floor((x * 60) / width);
      rows[at + 1] = 90 + Math.floor((y * 90) / height);
      rows[at + 2] = 110;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    whole.set(body, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const buffer = Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
  return { name, mimeType: 'image/png', buffer };
}

export const text = (name: string, content: string): Sample => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
});

/** A log of about so many bytes, no two lines alike. */
export function log(name: string, bytes: number): Sample {
  const lines: string[] = [];
  for (let size = 0, line = 0; size < bytes; line += 1) {
    const one = `2026-11-26T09:${String(line % 60).padStart(2, '0')}:00Z worker ${line} took event ${(line * 7919) % 100003}\n`;
    lines.push(one);
    size += one.length;
  }
  return text(name, lines.join('').slice(0, bytes));
}

/** The least that is a PDF: one empty page. */
export function pdf(name: string): Sample {
  const objects = [
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n',
    '3 0 obj<</Type/Page/MediaBox[0 0 300 200]/Parent 2 0 R>>endobj\n',
  ];
  let content = '%PDF-1.4\n';
  const starts = objects.map((object) => {
    const start = content.length;
    content += object;
    return start;
  });
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const end = content.length;
  content += `xref\n0 4\n0000000000 65535 f \n${table}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${end}\n%%EOF\n`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(content) };
}

/** An archive (ustar) of files by their paths. */
export function tar(name: string, files: Record<string, string>): Sample {
  const blocks = Object.entries(files).flatMap(([path, content]) => {
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write('0000644\0', 100);
    header.write('0000000\0', 108);
    header.write('0000000\0', 116);
    header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write('0', 156);
    header.write('ustar\x0000', 257, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
    body.write(content);
    return [header, body];
  });
  return { name, mimeType: 'application/x-tar', buffer: Buffer.concat([...blocks, Buffer.alloc(1024)]) };
}
