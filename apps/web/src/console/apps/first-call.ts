/** Samples that work as they stand; the strings to sign are those of `protocol/request-signature`. */

/** A first signed call from a terminal. Strict apps sign more than a line of shell should show, and get the SDK's sample instead. */
export function shellSample(baseUrl: string, appKey: string): string {
  return `read -rs -p 'AppSecret: ' SECRET
SIGNATURE=$(printf 'GET\\napplication/json\\n\\n\\n\\nX-Ca-Key:${appKey}\\n/api/open/contract/list' \\
  | openssl dgst -sha256 -hmac "$SECRET" -binary | base64)
curl -s '${baseUrl}/api/open/contract/list' -H 'Accept: application/json' \\
  -H 'X-Ca-Key: ${appKey}' -H "X-Ca-Signature: $SIGNATURE"`;
}

/** The SDK signs timestamp, nonce and Content-MD5 always, so strict apps need nothing more. */
export function sdkSample(baseUrl: string, appKey: string): string {
  return `import { createSignetClient } from '@signet/sdk';

const signet = createSignetClient({
  baseUrl: '${baseUrl}',
  appKey: '${appKey}',
  appSecret: process.env.SIGNET_APP_SECRET ?? '',
});
console.log(await signet.contracts.list({}));`;
}
