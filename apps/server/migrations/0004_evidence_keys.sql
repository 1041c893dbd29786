CREATE TABLE "evidence_keys" (
	"subject" text PRIMARY KEY NOT NULL,
	"app_id" text NOT NULL,
	"key" "bytea" NOT NULL
);
