import { DownloadOutlined, EyeOutlined } from '@ant-design/icons';
import type { ContractDetail, ContractFileView } from '@signet/protocol/console-api';
import { Button, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Copyable, shorten } from '../parts/copyable.tsx';
import { fileAddress } from './calls.ts';
import { useContractTexts } from './texts.ts';

const FileDrawer = lazy(() => import('./file-drawer.tsx').then(({ FileDrawer }) => ({ default: FileDrawer })));

export function Files({ contract: { contractId, files } }: { readonly contract: ContractDetail }) {
  const texts = useContractTexts();
  const [shown, setShown] = useState<ContractFileView>();
  return (
    <section className="card">
      <h2>{texts('files')}</h2>
      <ul className="file-list">
        {files.map((file) => (
          <FileRow key={file.fileCode} {...{ contractId, file }} onView={() => setShown(file)} />
        ))}
      </ul>
      {shown && (
        <Suspense fallback={<Skeleton active />}>
          <FileDrawer {...{ contractId }} file={shown} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </section>
  );
}

interface FileRowProps {
  readonly contractId: string;
  readonly file: ContractFileView;
  readonly onView: () => void;
}

function FileRow({ contractId, file, onView }: FileRowProps) {
  const texts = useContractTexts();
  const { fileCode, name, size, sha256, revision, isAttachment, pages } = file;
  return (
    <li>
      <div>
        <strong>{name}</strong> {isAttachment && <span className="chip">{texts('attachment')}</span>}
        <div className="help file-facts">
          {pages.length > 0 && <span>{texts('pages', { count: pages.length })}</span>}
          <span>{formatSize(size)}</span>
          <span>{texts('revision', { revision })}</span>
          <Copyable text={fileCode} />
          <span>
            SHA-256 <Copyable text={sha256} shown={shorten(sha256)} />
          </span>
        </div>
      </div>
      <span className="file-actions">
        {pages.length > 0 && (
          <Button icon={<EyeOutlined aria-hidden />} onClick={onView} aria-label={texts('viewFile', { name })}>
            {texts('view')}
          </Button>
        )}
        <Button
          icon={<DownloadOutlined aria-hidden />}
          href={fileAddress(contractId, fileCode, revision)}
          download={name}
          aria-label={texts('downloadFile', { name })}
        >
          {texts('download')}
        </Button>
      </span>
    </li>
  );
}

function formatSize(bytes: number): string {
  const format = (number: number) => number.toLocaleString(undefined, { maximumFractionDigits: 1 });
  return bytes < 1_000_000 ? `${format(bytes / 1_000)} kB` : `${format(bytes / 1_000_000)} MB`;
}
