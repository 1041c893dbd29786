/** The 56 nations as the identity card prints them (GB/T 3304), without 族. */
const NATIONS =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'.split(
    ' ',
  );

/** The nation meant by what was read: exactly, or as the only one of its length that differs in one of several characters. */
export function nationOf(read: string): string | undefined {
  const text = read.replace(/族$/, '');
  if (NATIONS.includes(text)) return text;
  const letters = [...text];
  if (letters.length < 2) return undefined;
  // The reader's alphabet has 仡 but not 仫.
  if (letters.length === 2 && letters[1] === '佬') return '仫佬';
  const near = NATIONS.filter((nation) => {
    const other = [...nation];
    return other.length === letters.length && other.filter((letter, i) => letter !== letters[i]).length === 1;
  });
  return near.length === 1 ? near[0] : undefined;
}
