/** Questions to main that it answers in the order in which they were asked. */
export class WaitingAnswers<Answer> {
  readonly #waiting: ((answer: Answer) => void)[] = [];

  /** Asks and waits. */
  ask(send: () => void): Promise<Answer> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      send();
    });
  }

  /** False: nobody had asked. */
  answer(answer: Answer): boolean {
    const resolve = this.#waiting.shift();
    resolve?.(answer);
    return resolve !== undefined;
  }
}
