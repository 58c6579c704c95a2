/** What the name of each key that sets a budget has in it (`frameworks.ts`); a test holds the two to each other. */
const budgetWord = /epo?ch|step|iter|duration|stop_at|rollout|episode|samples/i;

/** False where no line of a config can set a budget, without looking closely at any. */
export const mayHoldBudget = (text: string): boolean => budgetWord.test(text);
