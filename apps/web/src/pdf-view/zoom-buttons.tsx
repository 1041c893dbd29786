import { IconButton } from '../ui/button.tsx';
import { useTexts } from '../ui/texts.ts';
import { PDF_TEXTS } from './texts.ts';

const STEP = 1.25;

interface ZoomButtonsProps {
  readonly zoom: number;
  readonly onZoom: (zoom: number) => void;
}

export function ZoomButtons({ zoom, onZoom }: ZoomButtonsProps) {
  const say = useTexts(PDF_TEXTS);
  const percent = Math.round(zoom * 100);
  return (
    <div className="zoom-buttons">
      <IconButton icon="minus" label={say('zoomOut')} onClick={() => onZoom(zoom / STEP)} />
      <button type="button" className="zoom-fit" aria-label={say('zoomFit', { percent })} onClick={() => onZoom(1)}>
        {percent}%
      </button>
      <IconButton icon="plus" label={say('zoomIn')} onClick={() => onZoom(zoom * STEP)} />
    </div>
  );
}
