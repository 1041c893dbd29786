/** Where nothing is yet: what this place is for and the first step. */
import type { ReactNode } from 'react';

interface LessonProps {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

export function Lesson({ title, text, children }: LessonProps) {
  return (
    <section className="lesson">
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </section>
  );
}
