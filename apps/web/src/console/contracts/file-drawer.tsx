/** A contract's file as the parties see it. */
import type { ContractFileView } from '@signet/protocol/console-api';
import { Drawer } from 'antd';
import { useMemo } from 'react';
import { DocumentView } from '../../pdf-view/document-view.tsx';
import { addressSource } from '../../pdf-view/file-source.ts';
import { useDocuments } from '../../pdf-view/use-documents.ts';
import { fileAddress } from './calls.ts';
import { useContractTexts } from './texts.ts';

interface FileDrawerProps {
  readonly contractId: string;
  readonly file: ContractFileView;
  readonly onClose: () => void;
}

export function FileDrawer({ contractId, file, onClose }: FileDrawerProps) {
  const texts = useContractTexts();
  const files = useMemo(() => [toViewFile(contractId, file)], [contractId, file]);
  const documents = useDocuments(files);
  return (
    <Drawer
      open
      size="min(900px, 100vw)"
      title={file.name}
      extra={texts('revision', { revision: file.revision })}
      onClose={onClose}
      classNames={{ body: 'file-body' }}
    >
      <DocumentView label={file.name} files={files} documents={documents} hasZoomButtons />
    </Drawer>
  );
}

function toViewFile(contractId: string, { fileCode, name, revision, size, pages }: ContractFileView) {
  const source = addressSource(`${fileCode}/${revision}`, size, fileAddress(contractId, fileCode, revision));
  return { fileId: fileCode, name, source, pages };
}
