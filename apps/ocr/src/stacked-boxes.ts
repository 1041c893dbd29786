/** First characters of several rows may stand so close below each other that the detector takes them for one line down the page. */
import { axisDifference, type Box, rotate } from './geometry.ts';

const CROSSWISE = Math.PI / 3;
/** Longer ones are an edge or a shadow. */
const MOST_ROWS = 8;

/** Boxes across the common direction, cut into one box a row; the others stay. */
export function splitStacked(boxes: readonly Box[], angle: number): Box[] {
  return boxes.flatMap((box) => {
    const rows = Math.round(box.width / box.height);
    const isCrosswise = Math.abs(axisDifference(box.angle, angle)) > CROSSWISE;
    return isCrosswise && rows <= MOST_ROWS ? cut(box, rows, angle) : [box];
  });
}

function cut({ center, width, height, angle }: Box, rows: number, common: number): Box[] {
  const side = width / rows;
  return Array.from({ length: rows }, (_, i) => {
    const offset = rotate({ x: (i - (rows - 1) / 2) * side, y: 0 }, angle);
    return { center: { x: center.x + offset.x, y: center.y + offset.y }, width: height, height: side, angle: common };
  });
}
