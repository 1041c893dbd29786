/** 控制台角色. What each may do is one table of the protocol, which the console reads too. */
export type Role = 'owner' | 'operator' | 'developer' | 'reviewer' | 'auditor';
