interface ApiErrorSpec {
  readonly code: string;
  readonly msg: string;
  /** `docs`: printed in the public documentation. `ours`: numbered from x0501 up so that it never collides. */
  readonly origin: 'docs' | 'ours';
}

/** Every way an open-API call can fail. `code` and `msg` are wire format: never renumber, never reuse. */
export const API_ERRORS = {
  BAD_PARAMETER: { code: '400', msg: '参数错误.', origin: 'docs' },
  SYSTEM_BUSY: { code: '500', msg: '服务繁忙,请重试.', origin: 'docs' },

  USER_NOT_VERIFIED: { code: 'oc_10011', msg: '用户未认证', origin: 'docs' },
  FLOW_NOT_COMPLIANT: { code: 'oc_10041', msg: '未按合规流程完成认证,且应用未开通自身认证方式', origin: 'docs' },
  ACCOUNT_EXISTS: { code: 'oc_10501', msg: '用户账号已存在', origin: 'ours' },
  ACCOUNT_NOT_FOUND: { code: 'oc_10502', msg: '用户不存在', origin: 'ours' },
  FLOW_NOT_FOUND: { code: 'oc_10503', msg: '认证流水号不存在', origin: 'ours' },
  FLOW_EXPIRED: { code: 'oc_10504', msg: '认证流程已过期', origin: 'ours' },
  FLOW_USED: { code: 'oc_10505', msg: '认证流水号已被使用', origin: 'ours' },
  FLOW_OF_ANOTHER_APP: { code: 'oc_10506', msg: '认证流水号不属于当前应用', origin: 'ours' },
  FLOW_FACTS_DIFFER: { code: 'oc_10507', msg: '身份信息与认证流程中的不一致', origin: 'ours' },
  FLOW_OF_ANOTHER_KIND: { code: 'oc_10508', msg: '认证流程类型不符', origin: 'ours' },
  FLOW_OF_ANOTHER_PERSON: { code: 'oc_10509', msg: '认证流程的证件号与用户不一致', origin: 'ours' },
  FLOW_WITHOUT_MOBILE: { code: 'oc_10510', msg: '认证流程尚无已核验的手机号', origin: 'ours' },
  SMS_CODE_NOT_SENT: { code: 'oc_10511', msg: '尚未发送短信验证码', origin: 'ours' },
  SMS_CODE_EXPIRED: { code: 'oc_10512', msg: '短信验证码已过期,请重新发送', origin: 'ours' },
  SMS_CODE_EXHAUSTED: { code: 'oc_10513', msg: '短信验证码错误次数过多,请重新发送', origin: 'ours' },
  SMS_TOO_SOON: { code: 'oc_10514', msg: '短信发送过于频繁,请稍后再试', origin: 'ours' },
  SMS_DAILY_LIMIT: { code: 'oc_10515', msg: '该手机号今日短信次数已达上限', origin: 'ours' },
  AGENT_NOT_FOUND: { code: 'oc_10516', msg: '经办人用户不存在或未认证', origin: 'ours' },
  IDENTITY_SOURCE_UNAVAILABLE: { code: 'oc_10517', msg: '身份核验数据源暂不可用,请稍后再试', origin: 'ours' },
  SMS_CODE_USED: { code: 'oc_10518', msg: '短信验证码已使用,请重新发送', origin: 'ours' },
  FLOW_AWAITS_PAGE: { code: 'oc_10519', msg: '认证流程待用户在页面完成', origin: 'ours' },
  COMPANY_NOT_PROVEN: { code: 'oc_10520', msg: '企业信息尚未核验通过', origin: 'ours' },
  PAYOUT_OPEN: { code: 'oc_10521', msg: '已有进行中的打款', origin: 'ours' },
  PAYOUT_NOT_PAID: { code: 'oc_10522', msg: '打款尚未到账,请稍后再试', origin: 'ours' },
  PAYOUT_ENDED: { code: 'oc_10523', msg: '打款认证已结束', origin: 'ours' },
  PAYOUT_NOT_FOUND: { code: 'oc_10524', msg: '打款记录不存在', origin: 'ours' },
  LETTER_OPEN: { code: 'oc_10525', msg: '已有审核中的授权书', origin: 'ours' },
  LETTER_NOT_FOUND: { code: 'oc_10526', msg: '授权书不存在', origin: 'ours' },
  CHECK_NOT_FOUND: { code: 'oc_10527', msg: '单次核验号不存在', origin: 'ours' },
  CHECK_ENDED: { code: 'oc_10528', msg: '该核验已结束或不可变更', origin: 'ours' },
  TOO_MANY_CHECKS: { code: 'oc_10529', msg: '该认证流程的提交次数已达上限', origin: 'ours' },
  ACCOUNT_VERIFIED: { code: 'oc_10530', msg: '用户已认证', origin: 'ours' },
  VERIFICATION_STEP_CONFLICT: { code: 'oc_10531', msg: '当前认证步骤不支持该操作,请刷新页面', origin: 'ours' },
  VERIFICATION_CONSENT_OUTDATED: { code: 'oc_10532', msg: '告知同意书已更新,请刷新页面后重新阅读', origin: 'ours' },
  AGENT_NOT_REPRESENTATIVE: { code: 'oc_10533', msg: '未能确认经办人就是法定代表人,请改用其他方式', origin: 'ours' },
  ACCOUNT_FORGOTTEN: { code: 'oc_10540', msg: '该账号标识的用户已被删除,标识不可再用', origin: 'ours' },
  FACE_UNAVAILABLE: { code: 'oc_10534', msg: '人脸核验暂不可用,请改用其他方式', origin: 'ours' },
  IDENTITY_CHECK_NOT_OFFERED: { code: 'oc_10535', msg: '当前接入的数据源不提供该项核验', origin: 'ours' },

  SEAL_NOT_FOUND: { code: 'oc_20001', msg: '印章不存在', origin: 'docs' },
  SILENT_SIGNING_OFF: { code: 'oc_20501', msg: '应用未开通无感签署', origin: 'ours' },
  SEAL_GRANT_NOT_FOUND: { code: 'oc_20502', msg: '印章静默签授权不存在', origin: 'ours' },
  SEAL_GRANT_NOT_STARTED: { code: 'oc_20503', msg: '印章静默签授权尚未生效', origin: 'ours' },
  SEAL_GRANT_EXPIRED: { code: 'oc_20504', msg: '印章静默签授权已过期', origin: 'ours' },
  SEAL_GRANT_CANCELLED: { code: 'oc_20505', msg: '印章静默签授权已取消', origin: 'ours' },
  SEAL_GRANT_OF_ANOTHER_ACCOUNT: { code: 'oc_20506', msg: '印章静默签授权不属于该签署方', origin: 'ours' },
  SEAL_NOT_USABLE: { code: 'oc_20507', msg: '印章不可用', origin: 'ours' },
  SEAL_GRANT_PERIOD_INVALID: { code: 'oc_20508', msg: '印章授权期限无效', origin: 'ours' },
  HANDWRITING_UNUSABLE: { code: 'oc_20509', msg: '手写签名无法使用,请重新签写', origin: 'ours' },
  SEAL_GRANT_PENDING: { code: 'oc_20510', msg: '印章静默签授权尚未经印章所有者确认', origin: 'ours' },

  FILE_TYPE_UNSUPPORTED: { code: 'oc_30005', msg: '上传文件格式不支持', origin: 'docs' },
  FILE_PROCESSING_FAILED: { code: 'oc_30006', msg: '文件处理失败', origin: 'docs' },
  FILE_NOT_FOUND: { code: 'oc_30501', msg: '文件不存在', origin: 'ours' },

  DEADLINE_TOO_FAR: { code: 'oc_40001', msg: '签署截止时间不能超过12个月', origin: 'docs' },
  DEADLINE_PAST: { code: 'oc_40002', msg: '签署截止时间不能小于当前时间', origin: 'docs' },
  PARTY_REPEATED: { code: 'oc_40003', msg: '签署方不可重复', origin: 'docs' },
  PARTY_STATUS_CONFLICT: { code: 'oc_40005', msg: '签署记录不存在或状态异常', origin: 'docs' },
  CONTRACT_NOT_FOUND: { code: 'oc_40006', msg: '合同不存在或状态异常', origin: 'docs' },
  CONTRACT_STATUS_CONFLICT: { code: 'oc_40006', msg: '合同不存在或状态异常', origin: 'docs' },
  CONTRACT_FILE_REPEATED: { code: 'oc_40014', msg: '合同doc文件不能重复', origin: 'docs' },
  PLACEMENT_REPEATED: { code: 'oc_40016', msg: '签署位置不能重复', origin: 'docs' },
  CROSS_PAGE_ON_SINGLE_PAGE: { code: 'oc_40020', msg: '单页合同文件不能进行骑缝签章', origin: 'docs' },
  SILENT_AND_ORDINARY: { code: 'oc_40027', msg: '同一签署方不能同时配置静默签和普通签署', origin: 'docs' },
  BUSINESS_CODE_EXISTS: { code: 'oc_40501', msg: '业务编号已被其他合同使用', origin: 'ours' },
  NOT_YOUR_TURN: { code: 'oc_40502', msg: '尚未轮到该签署方签署', origin: 'ours' },
  WILLINGNESS_MODE_UNAVAILABLE: { code: 'oc_40503', msg: '意愿认证方式不可用', origin: 'ours' },
  SEALING_PENDING: { code: 'oc_40504', msg: '签章处理中,平台会自动重试,请稍后查询', origin: 'ours' },
  FEATURE_UNAVAILABLE: { code: 'oc_40505', msg: '该功能在当前版本不可用', origin: 'ours' },
  PARTY_SIGNS_SILENTLY: { code: 'oc_40506', msg: '该签署方为静默签署,没有签署页面', origin: 'ours' },
  CEREMONY_STEP_CONFLICT: { code: 'oc_40507', msg: '当前签署步骤不支持该操作,请刷新页面', origin: 'ours' },
  CONSENT_OUTDATED: { code: 'oc_40508', msg: '签署须知已更新,请刷新页面后重新阅读', origin: 'ours' },
  INTENT_NOT_CONFIRMED: { code: 'oc_40509', msg: '意愿认证未通过或已失效,请重新验证', origin: 'ours' },
  HANDWRITING_LIMIT: { code: 'oc_40510', msg: '手写签名次数过多,请选择已有的签名', origin: 'ours' },

  CALLBACK_NOT_FOUND: { code: 'oc_50501', msg: '回调信息不存在', origin: 'ours' },

  SMS_NOT_FOUND: { code: 'oc_60501', msg: '短信编号不存在', origin: 'ours' },
  SMS_TEMPLATE_NOT_FOUND: { code: 'oc_60502', msg: '短信模板不存在', origin: 'ours' },
  SMS_APP_LIMIT: { code: 'oc_60503', msg: '应用今日短信次数已达上限', origin: 'ours' },
  SMS_ADDRESS_LIMIT: { code: 'oc_60504', msg: '该地址的短信请求过于频繁,请稍后再试', origin: 'ours' },
  PHONE_MISSING: { code: 'oc_60540', msg: '该账号没有可用的手机号,请在发起时指定经办人', origin: 'ours' },
  OCR_UNAVAILABLE: { code: 'oc_60521', msg: '证件识别不可用', origin: 'ours' },
  OCR_BUSY: { code: 'oc_60522', msg: '证件识别任务过多,请稍后再试', origin: 'ours' },
  PICTURE_UNREADABLE: { code: 'oc_60523', msg: '图片无法识别', origin: 'ours' },
  PICTURE_UNREACHABLE: { code: 'oc_60524', msg: '图片地址无法获取', origin: 'ours' },
  PICTURE_CONSENT_MISSING: { code: 'oc_60526', msg: '请先单独同意使用证件照片,再拍照识别', origin: 'ours' },
  CARD_NOT_RECOGNIZED: { code: 'oc_60525', msg: '未能识别证件', origin: 'ours' },
} as const satisfies Record<string, ApiErrorSpec>;

export type ApiErrorName = keyof typeof API_ERRORS;

/** A business refusal: becomes HTTP 200 with `success: false`. `detail` is shown to the caller, `context` only goes to the log. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly error: ApiErrorName;
  readonly code: string;
  readonly msg: string;
  readonly context: Record<string, unknown>;

  constructor(
    error: ApiErrorName,
    context: Record<string, unknown> = {},
    options: { readonly detail?: string; readonly cause?: unknown } = {},
  ) {
    super(error, options.cause === undefined ? undefined : { cause: options.cause });
    const spec = API_ERRORS[error];
    this.error = error;
    this.code = spec.code;
    this.msg = options.detail ? withDetail(spec.msg, options.detail) : spec.msg;
    this.context = context;
  }
}

/** A 400 that names every wrong field: `参数错误. signers[0].accountId: 必填; docs: 必填`. */
export function badParameter(fields: Readonly<Record<string, string>>): ApiError {
  const detail = Object.entries(fields)
    .map(([field, problem]) => `${field}: ${problem}`)
    .join('; ');
  return new ApiError('BAD_PARAMETER', { fields: Object.keys(fields) }, { detail });
}

function withDetail(msg: string, detail: string): string {
  return msg.endsWith('.') ? `${msg} ${detail}` : `${msg}: ${detail}`;
}

/** Refusals of the gateway itself: the code is the HTTP status (open-api, Answers). */
export const GATEWAY_ERRORS = {
  MISSING_HEADER: { status: 400, message: 'Missing Header' },
  UNKNOWN_APP_KEY: { status: 401, message: 'Unknown AppKey' },
  INVALID_SIGNATURE: { status: 401, message: 'Invalid Signature' },
  STALE_TIMESTAMP: { status: 401, message: 'Stale Timestamp' },
  NONCE_USED: { status: 401, message: 'Nonce Used' },
  CONTENT_MD5_MISMATCH: { status: 401, message: 'Invalid Content-MD5' },
  STRICT_MODE: { status: 401, message: 'Strict Mode' },
  IP_NOT_ALLOWED: { status: 403, message: 'IP Not Allowed' },
  APP_DISABLED: { status: 403, message: 'App Disabled' },
  NO_SUCH_API: { status: 404, message: 'No Such API' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'Method Not Allowed' },
  BODY_TOO_LARGE: { status: 413, message: 'Body Too Large' },
  BODY_UNREADABLE: { status: 400, message: 'Unreadable Body' },
  TOO_MANY_REQUESTS: { status: 429, message: 'Too Many Requests' },
} as const satisfies Record<string, { readonly status: number; readonly message: string }>;

export type GatewayErrorName = keyof typeof GATEWAY_ERRORS;

/** A refusal before any business rule is asked. `hint` is ASCII text shown to the caller. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly error: GatewayErrorName;
  readonly status: number;
  readonly hint: string;

  constructor(error: GatewayErrorName, hint?: string) {
    super(error);
    this.error = error;
    this.status = GATEWAY_ERRORS[error].status;
    this.hint = hint ? `${GATEWAY_ERRORS[error].message}, ${hint}` : GATEWAY_ERRORS[error].message;
  }
}
