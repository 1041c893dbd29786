"""Cuts a signed PDF into what openssl takes: N.cms, N.content, N.signature, N.token. Usage: cut_signatures.py FILE FOLDER"""
import re
import sys

from asn1crypto import cms

data = open(sys.argv[1], "rb").read()
folder = sys.argv[2]
ranges = re.findall(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", data)

for number, found in enumerate(ranges, start=1):
    start, length, rest, rest_length = (int(part) for part in found)
    contents = data[start + length + 1 : rest - 1]
    container = cms.ContentInfo.load(bytes.fromhex(contents.decode("ascii")), strict=False)
    (signer,) = container["content"]["signer_infos"]
    tokens = [a["values"][0] for a in signer["unsigned_attrs"] if a["type"].native == "signature_time_stamp_token"]
    parts = {
        "cms": container.dump(),
        "content": data[start : start + length] + data[rest : rest + rest_length],
        "signature": signer["signature"].native,
        "token": tokens[0].dump(),
    }
    for name, content in parts.items():
        with open(f"{folder}/{number}.{name}", "wb") as target:
            target.write(content)

print(len(ranges))
