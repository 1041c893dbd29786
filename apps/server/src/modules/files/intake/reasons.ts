/** Why an upload is refused, in words for the person who uploaded it. */

export const MAX_FILE_BYTES = 100 * 2 ** 20;
export const MAX_PAGES = 5000;

export const REASONS = {
  empty: '文件内容为空。',
  tooManyBytes: '文件超过 100 MB 的上限。',
  notSupported: '文件内容不是 PDF、PNG 或 JPEG，请转换为 PDF 后上传。',
  docx: '暂不支持 DOCX 文件：服务器未安装文档转换程序 LibreOffice，请转换为 PDF 后上传。',
  doc: '暂不支持 DOC 文件：服务器未安装文档转换程序 LibreOffice，请转换为 PDF 后上传。',
  password: '文件受密码保护，请解除密码后上传。',
  ownerForbids: '文件所有者设置了禁止修改的权限密码，请解除限制后上传。',
  xfa: '文件是 XFA 动态表单，不同软件显示的内容可能不同，请另存为普通 PDF 后上传。',
  certified: '文件已被认证签名锁定，不允许任何更改，无法再签署。',
  activeContent: '文件含有打开时会自动运行的内容，请清除后上传',
  tooManyPages: '文件超过 5000 页的上限。',
  bomb: '文件解压后的数据量过大，无法处理。',
  tooDeep: '文件结构嵌套过深，无法处理。',
  cycle: '文件结构存在循环引用，无法处理。',
  damaged: '文件已损坏且无法修复，请重新生成后上传。',
  signedAndDamaged: '文件带有电子签名，但结构受损或已加密，修复会使原有签名失效，无法处理。',
  imageDamaged: '图片已损坏，无法处理。',
  imageTooLarge: '图片像素过多，无法处理，请缩小后上传。',
  imageUnsupported: '图片的编码方式不受支持，请另存为普通 PNG 或 JPEG 后上传。',
  unreadable: '文件无法读取。',
  deadline: '文件处理超时，请简化文件后重试。',
  memory: '文件处理所需的内存过大，请简化文件后重试。',
  crashed: '文件无法处理。',
} as const;
