/** The documents as HTML; places follow the real ones, means and fonts differ from the first maker's. */
import type { BankCard, Facts, IdCardBack, IdCardFront, License } from '../facts.ts';
import type { Random } from '../random.ts';

export function cardHtml(facts: Facts, random: Random): string {
  if (facts.kind === 'id-front') return idFront(facts);
  if (facts.kind === 'id-back') return idBack(facts);
  return facts.kind === 'license' ? license(facts, random) : bankCard(facts, random);
}

const ID_STYLE = `<style>.id { width: 900px; height: 568px; border-radius: 30px; box-sizing: border-box; padding: 52px 60px;
  background: radial-gradient(circle at 70% 40%, #f6f2ee, #dfeaf0); font: 30px 'Noto Sans CJK SC'; color: #161616; }
  .id label { color: #2f6db0; font-size: 25px; display: inline-block; width: 100px; }
  .id p { margin: 0 0 22px; } .id b { font: 600 38px 'DejaVu Sans Mono'; letter-spacing: 3px; }</style>`;

function idFront(card: IdCardFront): string {
  const [year, month, day] = card.birth.split('-').map(Number);
  return `${ID_STYLE}<div class="card id">
    <div style="position:absolute;right:64px;top:70px;width:240px;height:310px;background:linear-gradient(#9fb4c8,#4a5b70);border-radius:120px 120px 10px 10px"></div>
    <p><label>姓 名</label>${card.name}</p>
    <p><label>性 别</label>${card.sex}<label style="margin-left:60px">民 族</label>${card.nation}</p>
    <p><label>出 生</label>${year} <small style="color:#2f6db0">年</small> ${month} <small style="color:#2f6db0">月</small> ${day} <small style="color:#2f6db0">日</small></p>
    <p style="display:flex"><label>住 址</label><span style="width:340px;word-break:break-all">${card.address}</span></p>
    <div style="position:absolute;left:60px;bottom:52px"><label style="width:220px;font-size:27px">公民身份号码</label><b>${card.idNumber}</b></div>
    <div class="glare"></div></div>`;
}

function idBack(card: IdCardBack): string {
  return `${ID_STYLE}<div class="card id" style="font-family:'Noto Serif CJK SC'">
    <div style="width:130px;height:140px;border-radius:50%;background:#c9202c;float:left;margin:20px 60px 0 30px"></div>
    <h1 style="font-size:52px;letter-spacing:6px;margin:30px 0 10px">中华人民共和国</h1><h1 style="font-size:66px;letter-spacing:24px;margin:0">居民身份证</h1>
    <div style="position:absolute;left:200px;bottom:60px;font-family:'Noto Sans CJK SC'">
    <p><label style="color:#161616;width:150px">签发机关</label>${card.authority}</p>
    <p><label style="color:#161616;width:150px">有效期限</label>${card.validDate}</p></div><div class="glare"></div></div>`;
}

function license(card: License, random: Random): string {
  const row = (label: string, value: string) => `<tr><th>${[...label].join(' ')}</th><td>${value}</td></tr>`;
  const rows = [
    ...[row('名称', card.name), row('类型', card.companyType), row('住所', card.address)],
    ...[row('法定代表人', card.legalRepresentative), row('注册资本', card.registeredCapital)],
    ...[
      row('成立日期', card.establishedOn),
      card.showsTerm ? row('营业期限', card.term) : '',
      row('经营范围', card.scope),
    ],
  ];
  const face = random.pick(['Noto Serif CJK SC', 'Noto Sans CJK SC']);
  return `<style>.paper { width: 1000px; height: 860px; box-sizing: border-box; padding: 50px 90px; background: #fdf9ee; border: 10px double #b48a3a; font: 22px '${face}'; }
    h1 { text-align: center; font: 900 72px 'Noto Serif CJK SC'; letter-spacing: 30px; margin: 0; }
    th { width: 150px; text-align-last: justify; vertical-align: top; padding: 7px 30px 7px 0; font-weight: 700; } td { padding: 7px 0; }</style>
    <div class="card paper"><h1>营业执照</h1>
    <p style="text-align:center;margin:6px">统一社会信用代码 <span style="font:600 25px 'Liberation Sans'">${card.creditCode}</span></p>
    <table>${rows.join('')}</table><p style="text-align:right;margin:40px 120px 0">登记机关</p><p style="text-align:right;margin:8px 60px">2022 年 3 月 14 日</p>
    <div class="glare"></div></div>`;
}

function bankCard(card: BankCard, random: Random): string {
  const [paint, ink] = random.pick([
    ['linear-gradient(120deg,#a11d2b,#d8434f)', '#fff'],
    ['linear-gradient(160deg,#16324f,#2f6690)', '#f4f1de'],
    ['linear-gradient(100deg,#efe9dc,#c8b88f)', '#2b2116'],
  ] as const);
  return `<style>.bank { width: 900px; height: 568px; border-radius: 30px; background: ${paint}; color: ${ink}; font: 32px 'Noto Sans CJK SC'; }
    .bank > * { position: absolute; }</style><div class="card bank">
    <span style="left:60px;top:48px;font-size:44px;font-weight:700">${card.bankName}</span>
    <span style="right:60px;top:58px">${card.cardType}</span>
    <span style="left:70px;top:180px;width:96px;height:74px;border-radius:12px;background:#d8b866"></span>
    <span style="left:60px;top:300px;font:600 46px 'Liberation Mono';text-shadow:1px 2px 1px #0007;white-space:pre">${card.cardNumber.replace(/(\d{4})(?=\d)/g, '$1 ')}</span>
    ${card.validDate ? `<span style="left:330px;top:385px;font:16px 'Liberation Sans'">VALID THRU</span><span style="left:440px;top:374px;font:600 28px 'Liberation Mono'">${card.validDate}</span>` : ''}
    <span style="right:60px;bottom:44px;font:italic 700 38px 'Liberation Sans'">UnionPay</span><div class="glare"></div></div>`;
}
