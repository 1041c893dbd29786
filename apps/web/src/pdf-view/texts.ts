import { defineTexts } from '../ui/texts.ts';

export const PDF_TEXTS = defineTexts(
  'pdf',
  {
    page: '第 {{page}} 页，共 {{total}} 页',
    loading: '正在加载第 {{page}} 页…',
    waiting: '网络不通，恢复后会自动继续',
    failed: '这一页没有显示出来',
    retry: '重试',
    reload: '刷新页面',
    zoomIn: '放大',
    zoomOut: '缩小',
    zoomFit: '适合宽度，现在 {{percent}}%',
    thumbnails: '页面缩略图',
    toPage: '第 {{page}} 页',
  },
  {
    page: 'Page {{page}} of {{total}}',
    loading: 'Loading page {{page}}…',
    waiting: 'No network; it continues by itself',
    failed: 'This page could not be shown',
    retry: 'Try again',
    reload: 'Reload',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    zoomFit: 'Fit width, now {{percent}}%',
    thumbnails: 'Thumbnails',
    toPage: 'Page {{page}}',
  },
);
