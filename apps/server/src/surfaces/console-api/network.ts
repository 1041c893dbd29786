import ipaddr from 'ipaddr.js';

/** Who counts as one caller: an IPv4 address, or the /64 that one IPv6 subscriber has to itself. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.toString();
  return address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':');
}
