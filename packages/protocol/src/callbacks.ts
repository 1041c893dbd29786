/** 回调: what the platform tells an app. Free of the schema library, since pages list the types too. */

/** Every businessType an app can switch on, with its Chinese name. */
export const CALLBACK_TYPES = {
  OPEN_CONTRACT_SIGNED: '签署方签署结果',
  OPEN_CONTRACT_STATUS_CHANGED: '合同状态变更',
  OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH: '静默签授权结果',
  OPEN_GET_SEAL_POSITION: '拖章定位结果',
  OPEN_PSN_CERT_RESULT: '个人实名认证结果',
  OPEN_PSN_FACE_RECOGNITION_RESULT: '个人人脸核验结果',
  OPEN_CORP_CERT_RESULT: '企业实名认证结果',
  OPEN_CORP_AUTHORIZATION_AUDIT_RESULT: '企业经办人授权书审核结果',
} as const;

export type CallbackType = keyof typeof CALLBACK_TYPES;
