/**
 * Which addresses we may call out to. Only public unicast addresses, judged in binary form so that no spelling matters, and what
 * an IPv6 address carries inside (RFC 4291 §2.5.5, RFC 6052) is judged in its place.
 */
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** RFC 4291 §2.4: everything outside it is special, deprecated or unassigned. */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
const NAT64_V6 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

export interface NetworkPolicy {
  /** Whether a connection to this resolved address may be made for a URL with this host. */
  permits(hostname: string, address: string): boolean;
}

/** `allow` lists host names, addresses and networks that are reachable although they are not public. */
export function createNetworkPolicy(allow: readonly string[]): NetworkPolicy {
  const networks = allow.filter(isAddressOrNetwork).map(parseNetwork);
  const hosts = new Set(allow.filter((entry) => !isAddressOrNetwork(entry)).map(plainHost));

  return {
    permits: (hostname, address) => {
      if (!ipaddr.isValid(address)) return false;
      const parsed = unwrap(ipaddr.parse(address));
      return (
        isPublic(parsed) || hosts.has(plainHost(hostname)) || networks.some((network) => contains(network, parsed))
      );
    },
  };
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST_V6);
}

function unwrap(address: Address): Address {
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.match(NAT64_V6) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}

function isAddressOrNetwork(entry: string): boolean {
  return ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry);
}

function parseNetwork(entry: string): [Address, number] {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  const address = ipaddr.parse(entry);
  return [address, address instanceof ipaddr.IPv4 ? 32 : 128];
}

function contains([network, bits]: [Address, number], address: Address): boolean {
  if (network instanceof ipaddr.IPv4) return address instanceof ipaddr.IPv4 && address.match(network, bits);
  return address instanceof ipaddr.IPv6 && address.match(network, bits);
}

/** DNS names are the same with and without a final dot, in any case. */
function plainHost(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, '');
}
