import { onDemand } from './onDemand.ts';

/** Words without blanks around them, wherever they stand in a name; where one begins another, the longer one comes first. */
const glued: readonly (readonly [english: string, words: string])[] = [
  ['learning rate', '学习率|學習率|学習率|학습률'],
  ['grad norm', '梯度范数|勾配ノルム'],
  ['error rate', '错误率|エラー率'],
  ['win rate', '胜率|勝率'],
  ['success', '成功率|성공률'],
  ['train', '训练|訓練|훈련|学習|학습|обучени[еяию]'],
  ['val', '验证|驗證|検証|검증|валидаци[яию]'],
  ['test', '测试|測試|テスト|테스트'],
  ['eval', '评估|評価|평가'],
  ['accuracy', '准确率|準確率|正确率|正解率|精度|정확도|точност[ьи]'],
  ['precision', '精确率|查准率|適合率|정밀도'],
  ['recall', '召回率|查全率|再現率|재현율|полнота'],
  ['loss', '损失函数|损失值|损失|損失|ロス|손실|потер[яьи]'],
  ['perplexity', '困惑度|パープレキシティ|перплексия'],
  ['entropy', '交叉熵|熵'],
  ['error', '误差|誤差|오차|ошибк[аи]'],
  ['return', '回报'],
  ['reward', '奖励|獎勵|報酬|보상|наград[аы]'],
  ['score', '得分|分数|评分|スコア|점수'],
  ['epoch', '训练轮次|轮次|轮数|周期|エポック|에포크|에폭|эпох[аи]'],
  ['step', '训练步数|全局步数|步数|ステップ数?|스텝|단계|шаг'],
  ['iteration', '迭代次数|迭代|イテレーション|итераци[яи]'],
  ['episode', '回合|エピソード|에피소드|эпизод'],
  ['batch', '批次|バッチ|배치'],
  ['samples', '样本数?'],
  ['time', '时间|耗时|用时|時間|시간|время'],
  ['speed', '速度|속도|скорость'],
  ['memory', '显存|内存|メモリ|메모리|память'],
  ['mean', '平均|평균|средн(?:яя|ее|ий)'],
  ['best', '最佳|最好|最优|最良'],
  ['max', '最大'],
  ['min', '最小'],
  ['remaining', '剩余|残り'],
  ['total', '总'],
];

/** The same of words that stand for themselves. */
const apart: readonly (readonly [english: string, words: string])[] = [
  ['learning rate', 'lernrate'],
  ['train', 'entrenamiento|entraînement|treino|treinamento|addestramento'],
  ['val', 'validierung|validación|validação|validazione'],
  ['loss', 'verlust|pérdida|perdida|perda|perte|perdita'],
  ['accuracy', 'genauigkeit|exactitud|exactitude|acurácia|acuracia|accuratezza'],
  ['precision', 'präzision|précision|precisión|precisão|precisione'],
  ['error', 'fehler|erreur|erro|errore'],
  ['reward', 'belohnung|recompensa|récompense|ricompensa'],
  ['epoch', 'epoche|époque|época|epoca'],
  ['step', 'schritt|paso|étape|passo'],
  ['iteration', 'itération|iteración|iteração|iterazione'],
];

/** Of counters alone, as the text of an expression that has no groups. */
export const foreignCounters = [...glued, ...apart]
  .filter(([english]) => /^(?:epoch|step|iteration|episode)$/.test(english))
  .map(([, words]) => words)
  .join('|');

const all = [...glued, ...apart];
const latin = 'a-z\u00c0-\u024f';
const foreign = onDemand(() => {
  const together = glued.map(([, words]) => `(${words})`).join('|');
  const alone = apart.map(([, words]) => `(${words})`).join('|');
  return new RegExp(`${together}|(?<![${latin}])(?:${alone})(?![${latin}])`, 'gi');
});
/** Most names are none of these, and that is told sooner. */
const mayBeForeign = onDemand(() => new RegExp(`[^\0-\u024f]|${apart.map(([, words]) => words).join('|')}`, 'i'));

/**
 * A name or a line with what trainings are spoken of in other languages (Chinese, Japanese, Korean, Russian, and some words of
 * German and its neighbours) in English: `验证准确率` is `val accuracy`. A name without such words stays as it is.
 */
export function inEnglish(name: string): string {
  if (!mayBeForeign().test(name)) return name;
  let isOther = false;
  const english = name.replace(foreign(), (word, ...groups: readonly unknown[]) => {
    isOther = true;
    return ` ${all[groups.indexOf(word)]?.[0] ?? word} `;
  });
  return isOther ? english.replace(/ {2,}/g, ' ').trim() : name;
}
