import { Skeleton } from '../ui/skeleton.tsx';

/** The room of what is coming: bar, paper, sheet. */
export function LoadingScreen() {
  return (
    <div className="signing" aria-busy="true">
      <header className="signing-bar">
        <div className="signing-title">
          <Skeleton width="9em" />
        </div>
      </header>
      <main className="signing-document signing-document-empty">
        <div className="signing-paper">
          <Skeleton width="55%" height="1.4em" />
          <Skeleton width="92%" />
          <Skeleton width="96%" />
          <Skeleton width="88%" />
          <Skeleton width="70%" />
        </div>
      </main>
      <section className="sheet signing-panel" aria-hidden="true">
        <div className="signing-lines">
          <Skeleton width="80%" />
          <Skeleton height="48px" />
        </div>
      </section>
    </div>
  );
}
