/** A drawing as a self-contained SVG picture with its true size on paper. */
import type { Drawing, DrawingItem, PathSegment } from '@signet/pdf';

const POINTS_PER_MM = 72 / 25.4;

export function toSvg(drawing: Drawing): string {
  const { width, height } = drawing;
  const items = drawing.items.map((item) => toElement(item, height)).join('');
  const size = `width="${millimetres(width)}mm" height="${millimetres(height)}mm" viewBox="0 0 ${width} ${height}"`;

  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${items}</svg>`;
}

function toElement(item: DrawingItem, height: number): string {
  if (item.kind === 'path') {
    const rule = item.evenOdd ? ' fill-rule="evenodd"' : '';
    return `<path fill="${escapeXml(item.fill)}"${rule} d="${item.segments.map((s) => toCommand(s, height)).join('')}"/>`;
  }
  const place = `x="${item.x}" y="${short(height - item.y)}" font-size="${item.size}"`;
  return `<text ${place} font-family="Helvetica,Arial,sans-serif" fill="${escapeXml(item.fill)}">${escapeXml(item.value)}</text>`;
}

/** SVG counts y downwards. */
function toCommand([command, ...numbers]: PathSegment, height: number): string {
  return command + numbers.map((n, i) => short(i % 2 === 0 ? n : height - n)).join(' ');
}

const short = (value: number): number => Math.round(value * 100) / 100;
const millimetres = (points: number): number => short(points / POINTS_PER_MM);

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
