/** 公钥证书方式: which certificates a request names (opendocs.alipay.com, 证书序列号). */
import { createHash, X509Certificate } from 'node:crypto';

/** MD5 over the issuer, last attribute first, and the serial number in decimal. */
export function certificateNumber(pem: string): string {
  return numberOf(new X509Certificate(pem));
}

/** Of every root in the file that signs by RSA. */
export function rootNumbers(pem: string): string {
  const roots = (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (one) => new X509Certificate(one),
  );
  return roots.filter(hasRsaKey).map(numberOf).join('_');
}

function numberOf({ issuer, serialNumber }: X509Certificate): string {
  const name = issuer.split('\n').toReversed().join(',');
  return createHash('md5')
    .update(`${name}${BigInt(`0x${serialNumber}`)}`)
    .digest('hex');
}

/** A root signs itself, so its key tells the algorithm; keys that this Node cannot read are no RSA keys. */
function hasRsaKey(root: X509Certificate): boolean {
  try {
    return root.publicKey.asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
