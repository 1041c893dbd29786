CREATE TABLE "erased_bytes" (
	"storage_key" text PRIMARY KEY NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "retention_runs" (
	"kind" text PRIMARY KEY NOT NULL,
	"last_run_at" timestamp (3) with time zone NOT NULL,
	"erased" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forgotten_accounts" (
	"app_id" text NOT NULL,
	"account_hash" "bytea" NOT NULL,
	"forgotten_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "forgotten_accounts_app_id_account_hash_pk" PRIMARY KEY("app_id","account_hash")
);
--> statement-breakpoint
DROP INDEX "contract_parties_sealing";--> statement-breakpoint
ALTER TABLE "certificates" ALTER COLUMN "private_key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "operators" ADD COLUMN "temporary_until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "contract_files_code" ON "contract_files" USING btree ("file_code");--> statement-breakpoint
CREATE INDEX "contract_files_laid_out" ON "contract_files" USING btree ("contract_id") WHERE "contract_files"."layout" is not null;--> statement-breakpoint
CREATE INDEX "contract_parties_owed" ON "contract_parties" USING btree ("sealing_since") WHERE "contract_parties"."status" = 'sealing';--> statement-breakpoint
CREATE INDEX "file_revisions_storage_key" ON "file_revisions" USING btree ("storage_key");--> statement-breakpoint
CREATE INDEX "files_storage_key" ON "files" USING btree ("storage_key");--> statement-breakpoint
CREATE INDEX "verifications_agent" ON "verifications" USING btree ("agent_verification_id") WHERE "verifications"."agent_verification_id" is not null;