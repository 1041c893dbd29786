import { type PointerEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { brushFor, fitInto, outlineOf, type PadSize, type Stroke, type StrokePoint } from './strokes.ts';

/** Ink on paper, dark mode or not. */
const INK = '#16202E';

interface DrawingPadProps {
  readonly label: string;
  readonly strokes: readonly Stroke[];
  readonly onChange: (strokes: readonly Stroke[]) => void;
}

/** Draws by finger, pen or mouse. The strokes are the truth; the canvas only shows them. */
export function DrawingPad({ label, strokes, onChange }: DrawingPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const current = useRef<StrokePoint[] | null>(null);
  const size = usePadSize(canvas);
  const known = useRef<PadSize>(null);
  const brush = brushFor(size.width);

  useEffect(() => {
    if (size.width === 0) return;
    const before = known.current;
    known.current = size;
    const hasTurned = before && (before.width !== size.width || before.height !== size.height);
    if (hasTurned && strokes.length > 0) onChange(fitInto(strokes, before, size));
    else show(canvas.current, size, strokes, brush);
  }, [size, strokes, brush, onChange]);

  const pointsOf = (event: PointerEvent<HTMLCanvasElement>): StrokePoint[] => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const coalesced = event.nativeEvent.getCoalescedEvents?.() ?? [];
    const events = coalesced.length > 0 ? coalesced : [event.nativeEvent];
    return events.map(({ clientX, clientY, pressure }) => [clientX - left, clientY - top, pressure]);
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>): void => {
    // A second finger, or the palm, draws nothing.
    if (current.current || !event.isPrimary || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    current.current = pointsOf(event);
    show(canvas.current, size, [...strokes, current.current], brush);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (!current.current || !event.isPrimary) return;
    current.current.push(...pointsOf(event));
    show(canvas.current, size, [...strokes, current.current], brush);
  };
  const end = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (!current.current || !event.isPrimary) return;
    const drawn = current.current;
    current.current = null;
    onChange([...strokes, drawn]);
  };
  return (
    <canvas
      ref={canvas}
      className="drawing-pad"
      role="img"
      aria-label={label}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}

function usePadSize(canvas: RefObject<HTMLCanvasElement | null>): PadSize {
  const [size, setSize] = useState<PadSize>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [canvas]);
  return size;
}

function show(canvas: HTMLCanvasElement | null, size: PadSize, strokes: readonly Stroke[], brush: number): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const ratio = window.devicePixelRatio;
  canvas.width = size.width * ratio;
  canvas.height = size.height * ratio;
  context.scale(ratio, ratio);
  context.fillStyle = INK;
  for (const stroke of strokes) context.fill(new Path2D(outlineOf(stroke, brush)));
}
