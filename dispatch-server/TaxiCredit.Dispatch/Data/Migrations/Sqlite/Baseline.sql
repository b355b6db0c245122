-- Schema of the baseline, frozen: everything after it is a migration of its own. ADR 0023.
CREATE TABLE "Actors" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Actors" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "Role" TEXT NOT NULL
);
CREATE TABLE "ApiTokens" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ApiTokens" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "Sha256" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "RevokedAt" INTEGER NULL
);
CREATE TABLE "Audit" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Audit" PRIMARY KEY AUTOINCREMENT,
    "At" INTEGER NOT NULL,
    "Actor" TEXT NOT NULL,
    "Operation" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "Detail" TEXT NOT NULL
);
CREATE TABLE "Closes" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Closes" PRIMARY KEY AUTOINCREMENT,
    "Period" TEXT NOT NULL,
    "Revision" INTEGER NOT NULL,
    "Status" TEXT NOT NULL,
    "LedgerSequence" INTEGER NOT NULL,
    "RulebookId" TEXT NOT NULL,
    "RulebookFrom" TEXT NOT NULL,
    "RulebookHash" TEXT NOT NULL,
    "Digest" TEXT NOT NULL,
    "PreviewedBy" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "LedById" INTEGER NULL,
    "PublishedBy" TEXT NOT NULL,
    "PublishedAt" INTEGER NULL,
    "Version" TEXT NOT NULL, "BuildsOnId" INTEGER NULL, "DriversThrough" INTEGER NOT NULL DEFAULT 0, "TalliedThrough" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "FK_Closes_Closes_LedById" FOREIGN KEY ("LedById") REFERENCES "Closes" ("Id")
);
CREATE TABLE "Settings" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_Settings" PRIMARY KEY,
    "Value" TEXT NOT NULL
);
CREATE TABLE "Teams" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Teams" PRIMARY KEY AUTOINCREMENT,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL
);
CREATE TABLE "Signature" (
    "CloseId" INTEGER NOT NULL,
    "Actor" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    CONSTRAINT "PK_Signature" PRIMARY KEY ("CloseId", "Actor"),
    CONSTRAINT "FK_Signature_Closes_CloseId" FOREIGN KEY ("CloseId") REFERENCES "Closes" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Cabs" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Cabs" PRIMARY KEY AUTOINCREMENT,
    "Code" TEXT NOT NULL,
    "Plate" TEXT NOT NULL,
    "TeamId" INTEGER NOT NULL, "PassengerCode" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "FK_Cabs_Teams_TeamId" FOREIGN KEY ("TeamId") REFERENCES "Teams" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Displays" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Displays" PRIMARY KEY AUTOINCREMENT,
    "Code" TEXT NOT NULL,
    "CabId" INTEGER NOT NULL,
    "SealedRootKey" BLOB NOT NULL,
    "ProvisionedAt" INTEGER NOT NULL,
    "Epoch" INTEGER NOT NULL,
    "PendingEpoch" INTEGER NULL,
    "PasswordSha256" BLOB NOT NULL,
    "PendingPasswordSha256" BLOB NULL,
    "Version" TEXT NOT NULL,
    CONSTRAINT "FK_Displays_Cabs_CabId" FOREIGN KEY ("CabId") REFERENCES "Cabs" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Drivers" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Drivers" PRIMARY KEY AUTOINCREMENT,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "HomeCabId" INTEGER NOT NULL,
    CONSTRAINT "FK_Drivers_Cabs_HomeCabId" FOREIGN KEY ("HomeCabId") REFERENCES "Cabs" ("Id") ON DELETE CASCADE
);
CREATE TABLE "DesiredConfigs" (
    "DisplayId" INTEGER NOT NULL CONSTRAINT "PK_DesiredConfigs" PRIMARY KEY,
    "Heartbeat" INTEGER NOT NULL,
    "Day" INTEGER NOT NULL,
    "Night" INTEGER NOT NULL,
    "DayLux" INTEGER NOT NULL,
    "NightLux" INTEGER NOT NULL,
    "Ntp1" TEXT NULL,
    "Ntp2" TEXT NULL,
    "Epoch" INTEGER NOT NULL,
    "Rev" INTEGER NOT NULL,
    "Now" INTEGER NOT NULL,
    "SignedEpoch" INTEGER NOT NULL,
    "Payload" BLOB NOT NULL,
    CONSTRAINT "FK_DesiredConfigs_Displays_DisplayId" FOREIGN KEY ("DisplayId") REFERENCES "Displays" ("Id") ON DELETE CASCADE
);
CREATE TABLE "DesiredRatings" (
    "DisplayId" INTEGER NOT NULL CONSTRAINT "PK_DesiredRatings" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "Stars" INTEGER NULL,
    "Period" TEXT NULL,
    "Driver" TEXT NULL,
    "From" INTEGER NULL,
    "Until" INTEGER NULL,
    "Hold" INTEGER NULL,
    "IsSole" INTEGER NOT NULL,
    "Rev" INTEGER NOT NULL,
    "Now" INTEGER NOT NULL,
    "SignedEpoch" INTEGER NOT NULL,
    "Payload" BLOB NOT NULL,
    CONSTRAINT "FK_DesiredRatings_Displays_DisplayId" FOREIGN KEY ("DisplayId") REFERENCES "Displays" ("Id") ON DELETE CASCADE
);
CREATE TABLE "GivenCommands" (
    "DisplayId" INTEGER NOT NULL CONSTRAINT "PK_GivenCommands" PRIMARY KEY,
    "Do" TEXT NOT NULL,
    "Expires" INTEGER NOT NULL,
    "Rev" INTEGER NOT NULL,
    "Now" INTEGER NOT NULL,
    "SignedEpoch" INTEGER NOT NULL,
    "Payload" BLOB NOT NULL,
    CONSTRAINT "FK_GivenCommands_Displays_DisplayId" FOREIGN KEY ("DisplayId") REFERENCES "Displays" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Incidents" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Incidents" PRIMARY KEY AUTOINCREMENT,
    "DisplayId" INTEGER NOT NULL,
    "Journal" TEXT NOT NULL,
    "Seq" INTEGER NOT NULL,
    "Kind" TEXT NOT NULL,
    "Arg" INTEGER NOT NULL,
    "At" INTEGER NULL,
    "Boot" INTEGER NULL,
    "Up" INTEGER NULL,
    "ReceivedAt" INTEGER NOT NULL,
    CONSTRAINT "FK_Incidents_Displays_DisplayId" FOREIGN KEY ("DisplayId") REFERENCES "Displays" ("Id") ON DELETE CASCADE
);
CREATE TABLE "ReportedTwins" (
    "DisplayId" INTEGER NOT NULL CONSTRAINT "PK_ReportedTwins" PRIMARY KEY,
    "Online" INTEGER NOT NULL,
    "ReceivedAt" INTEGER NULL,
    "At" INTEGER NOT NULL,
    "Journal" TEXT NOT NULL,
    "Boot" INTEGER NOT NULL,
    "N" INTEGER NOT NULL,
    "Firmware" TEXT NOT NULL,
    "Rev" INTEGER NOT NULL,
    "ConfigRev" INTEGER NOT NULL,
    "CommandRev" INTEGER NOT NULL,
    "Epoch" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "Lit" TEXT NOT NULL,
    "Faults" TEXT NOT NULL,
    "Battery" INTEGER NOT NULL,
    "Rssi" INTEGER NOT NULL,
    "Up" INTEGER NOT NULL,
    "Free" INTEGER NOT NULL,
    "Backlog" INTEGER NOT NULL,
    CONSTRAINT "FK_ReportedTwins_Displays_DisplayId" FOREIGN KEY ("DisplayId") REFERENCES "Displays" ("Id") ON DELETE CASCADE
);
CREATE TABLE "SupersededJournals" (
    "DisplayId" INTEGER NOT NULL,
    "Journal" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    CONSTRAINT "PK_SupersededJournals" PRIMARY KEY ("DisplayId", "Journal"),
    CONSTRAINT "FK_SupersededJournals_Displays_DisplayId" FOREIGN KEY ("DisplayId") REFERENCES "Displays" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Cases" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Cases" PRIMARY KEY AUTOINCREMENT,
    "Number" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Status" TEXT NOT NULL,
    "DriverId" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "ConductOn" TEXT NOT NULL,
    "ConductHour" INTEGER NULL,
    "Place" TEXT NOT NULL,
    "Account" TEXT NOT NULL,
    "Reporter" TEXT NULL,
    "PropertyFen" INTEGER NULL,
    "SubmittedOn" TEXT NOT NULL,
    "SubmittedBy" TEXT NOT NULL,
    "DecidedOn" TEXT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedCode" TEXT NULL,
    "Reason" TEXT NULL,
    "LedgerSequence" INTEGER NULL,
    "Version" TEXT NOT NULL, "ComplexBy" TEXT NULL, "ComplexOn" TEXT NULL, "ComplexReason" TEXT NULL,
    CONSTRAINT "FK_Cases_Drivers_DriverId" FOREIGN KEY ("DriverId") REFERENCES "Drivers" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Leaderships" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Leaderships" PRIMARY KEY AUTOINCREMENT,
    "TeamId" INTEGER NOT NULL,
    "DriverId" INTEGER NOT NULL,
    "AppointedOn" TEXT NOT NULL,
    "RemovedOn" TEXT NULL,
    CONSTRAINT "FK_Leaderships_Drivers_DriverId" FOREIGN KEY ("DriverId") REFERENCES "Drivers" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Leaderships_Teams_TeamId" FOREIGN KEY ("TeamId") REFERENCES "Teams" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Ledger" (
    "Sequence" INTEGER NOT NULL CONSTRAINT "PK_Ledger" PRIMARY KEY,
    "DriverId" INTEGER NOT NULL,
    "Driver" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "Points" INTEGER NOT NULL,
    "MaxStars" INTEGER NULL,
    "ConductOn" TEXT NOT NULL,
    "DecidedOn" TEXT NOT NULL,
    "Case" TEXT NOT NULL,
    "Reverses" INTEGER NULL,
    "DetailsCommitment" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "PreviousHash" TEXT NOT NULL,
    CONSTRAINT "FK_Ledger_Drivers_DriverId" FOREIGN KEY ("DriverId") REFERENCES "Drivers" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Ratings" (
    "CloseId" INTEGER NOT NULL,
    "DriverId" INTEGER NOT NULL,
    "Points" INTEGER NOT NULL,
    "Stars" INTEGER NULL,
    "DaysOnShift" INTEGER NOT NULL,
    "PreviousStars" INTEGER NULL,
    CONSTRAINT "PK_Ratings" PRIMARY KEY ("CloseId", "DriverId"),
    CONSTRAINT "FK_Ratings_Closes_CloseId" FOREIGN KEY ("CloseId") REFERENCES "Closes" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Ratings_Drivers_DriverId" FOREIGN KEY ("DriverId") REFERENCES "Drivers" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Referrals" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Referrals" PRIMARY KEY AUTOINCREMENT,
    "DriverId" INTEGER NOT NULL,
    "Year" INTEGER NOT NULL,
    "Period" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "ReferredBy" TEXT NOT NULL,
    "ReferredOn" TEXT NOT NULL,
    CONSTRAINT "FK_Referrals_Drivers_DriverId" FOREIGN KEY ("DriverId") REFERENCES "Drivers" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Shifts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Shifts" PRIMARY KEY AUTOINCREMENT,
    "DriverId" INTEGER NOT NULL,
    "CabId" INTEGER NOT NULL,
    "OnAt" INTEGER NOT NULL,
    "OnDay" TEXT NOT NULL,
    "OffAt" INTEGER NULL,
    "OffDay" TEXT NULL,
    CONSTRAINT "FK_Shifts_Cabs_CabId" FOREIGN KEY ("CabId") REFERENCES "Cabs" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Shifts_Drivers_DriverId" FOREIGN KEY ("DriverId") REFERENCES "Drivers" ("Id") ON DELETE CASCADE
);
CREATE TABLE "LedgerDetails" (
    "Sequence" INTEGER NOT NULL CONSTRAINT "PK_LedgerDetails" PRIMARY KEY,
    "Salt" BLOB NOT NULL,
    "Json" TEXT NOT NULL,
    CONSTRAINT "FK_LedgerDetails_Ledger_Sequence" FOREIGN KEY ("Sequence") REFERENCES "Ledger" ("Sequence") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "IX_Actors_Name" ON "Actors" ("Name");
CREATE UNIQUE INDEX "IX_ApiTokens_Sha256" ON "ApiTokens" ("Sha256");
CREATE UNIQUE INDEX "IX_Cabs_Code" ON "Cabs" ("Code");
CREATE UNIQUE INDEX "IX_Cabs_Plate" ON "Cabs" ("Plate");
CREATE INDEX "IX_Cabs_TeamId" ON "Cabs" ("TeamId");
CREATE INDEX "IX_Cases_DriverId" ON "Cases" ("DriverId");
CREATE INDEX "IX_Cases_Kind_SubmittedOn" ON "Cases" ("Kind", "SubmittedOn");
CREATE UNIQUE INDEX "IX_Cases_Number" ON "Cases" ("Number");
CREATE INDEX "IX_Cases_Status_SubmittedOn" ON "Cases" ("Status", "SubmittedOn");
CREATE INDEX "IX_Closes_LedById" ON "Closes" ("LedById");
CREATE UNIQUE INDEX "IX_Closes_Period_Revision" ON "Closes" ("Period", "Revision");
CREATE INDEX "IX_DesiredRatings_Driver" ON "DesiredRatings" ("Driver");
CREATE UNIQUE INDEX "IX_Displays_CabId" ON "Displays" ("CabId");
CREATE UNIQUE INDEX "IX_Displays_Code" ON "Displays" ("Code");
CREATE UNIQUE INDEX "IX_Drivers_Code" ON "Drivers" ("Code");
CREATE INDEX "IX_Drivers_HomeCabId" ON "Drivers" ("HomeCabId");
CREATE UNIQUE INDEX "IX_Incidents_DisplayId_Journal_Seq" ON "Incidents" ("DisplayId", "Journal", "Seq");
CREATE INDEX "IX_Leaderships_DriverId" ON "Leaderships" ("DriverId");
CREATE UNIQUE INDEX "IX_Leaderships_TeamId" ON "Leaderships" ("TeamId") WHERE "RemovedOn" IS NULL;
CREATE UNIQUE INDEX "IX_Ledger_PreviousHash" ON "Ledger" ("PreviousHash");
CREATE UNIQUE INDEX "IX_Ledger_Reverses" ON "Ledger" ("Reverses");
CREATE INDEX "IX_Ratings_DriverId" ON "Ratings" ("DriverId");
CREATE UNIQUE INDEX "IX_Referrals_DriverId_Year" ON "Referrals" ("DriverId", "Year");
CREATE INDEX "IX_Shifts_DriverId_OnDay" ON "Shifts" ("DriverId", "OnDay");
CREATE UNIQUE INDEX "OpenShiftOfCab" ON "Shifts" ("CabId") WHERE "OffAt" IS NULL;
CREATE UNIQUE INDEX "OpenShiftOfDriver" ON "Shifts" ("DriverId") WHERE "OffAt" IS NULL;
CREATE UNIQUE INDEX "IX_Teams_Code" ON "Teams" ("Code");
CREATE TRIGGER "Ledger_no_update" BEFORE UPDATE ON "Ledger" BEGIN SELECT RAISE(ABORT, 'Ledger is append-only'); END;
CREATE TRIGGER "Ledger_no_delete" BEFORE DELETE ON "Ledger" BEGIN SELECT RAISE(ABORT, 'Ledger is append-only'); END;
CREATE TRIGGER "Audit_no_update" BEFORE UPDATE ON "Audit" BEGIN SELECT RAISE(ABORT, 'Audit is append-only'); END;
CREATE TRIGGER "Audit_no_delete" BEFORE DELETE ON "Audit" BEGIN SELECT RAISE(ABORT, 'Audit is append-only'); END;
CREATE TABLE "Leases" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_Leases" PRIMARY KEY,
    "Holder" TEXT NOT NULL,
    "Fence" INTEGER NOT NULL,
    "Until" INTEGER NOT NULL
);
CREATE TABLE "Accounts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Accounts" PRIMARY KEY AUTOINCREMENT,
    "Number" TEXT NULL,
    "IsDemo" INTEGER NOT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" INTEGER NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL
, "CodeStep" INTEGER NULL);
CREATE TABLE "Invitations" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Invitations" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "Number" TEXT NULL,
    "Sha256" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    "AcceptedAt" INTEGER NULL
);
CREATE TABLE "Sessions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Sessions" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "IsProven" INTEGER NOT NULL,
    "BegunAt" INTEGER NOT NULL,
    "SeenAt" INTEGER NOT NULL,
    "Device" TEXT NOT NULL
);
CREATE TABLE "AccountSecrets" (
    "UserId" INTEGER NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_AccountSecrets" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_AccountSecrets_Accounts_UserId" FOREIGN KEY ("UserId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Passkeys" (
    "CredentialId" BLOB NOT NULL CONSTRAINT "PK_Passkeys" PRIMARY KEY,
    "UserId" INTEGER NOT NULL,
    "Data" TEXT NOT NULL,
    CONSTRAINT "FK_Passkeys_Accounts_UserId" FOREIGN KEY ("UserId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "IX_Accounts_NormalizedUserName" ON "Accounts" ("NormalizedUserName");
CREATE UNIQUE INDEX "IX_Accounts_Number" ON "Accounts" ("Number");
CREATE UNIQUE INDEX "IX_Invitations_Sha256" ON "Invitations" ("Sha256");
CREATE INDEX "IX_Passkeys_UserId" ON "Passkeys" ("UserId");
CREATE INDEX "IX_Sessions_Name" ON "Sessions" ("Name");
CREATE TABLE "PassengerReports" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_PassengerReports" PRIMARY KEY AUTOINCREMENT,
    "Receipt" TEXT NOT NULL,
    "Submission" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "CabId" INTEGER NOT NULL,
    "Code" TEXT NULL,
    "ConductOn" TEXT NOT NULL,
    "ConductHour" INTEGER NULL,
    "Place" TEXT NOT NULL,
    "Account" TEXT NOT NULL,
    "ReceivedAt" INTEGER NOT NULL,
    "SubmittedOn" TEXT NOT NULL,
    "Status" TEXT NOT NULL,
    "HeldFor" TEXT NULL,
    "CaseId" INTEGER NULL,
    "Remark" TEXT NULL,
    "Version" TEXT NOT NULL, "RejectedOn" TEXT NULL,
    CONSTRAINT "FK_PassengerReports_Cabs_CabId" FOREIGN KEY ("CabId") REFERENCES "Cabs" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_PassengerReports_Cases_CaseId" FOREIGN KEY ("CaseId") REFERENCES "Cases" ("Id")
);
CREATE TABLE "StarChecks" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_StarChecks" PRIMARY KEY AUTOINCREMENT,
    "CabId" INTEGER NOT NULL,
    "Seen" INTEGER NULL,
    "Confirmed" TEXT NOT NULL,
    "ConfirmedAt" INTEGER NULL,
    "Driver" TEXT NULL,
    "OpenedAt" INTEGER NOT NULL,
    "LastAt" INTEGER NOT NULL,
    "Times" INTEGER NOT NULL,
    "ClosedAt" INTEGER NULL,
    "ClosedBy" TEXT NULL,
    "Finding" TEXT NULL,
    "Version" TEXT NOT NULL,
    CONSTRAINT "FK_StarChecks_Cabs_CabId" FOREIGN KEY ("CabId") REFERENCES "Cabs" ("Id") ON DELETE CASCADE
);
CREATE TABLE "ReportContacts" (
    "ReportId" INTEGER NOT NULL CONSTRAINT "PK_ReportContacts" PRIMARY KEY,
    "Sealed" BLOB NOT NULL,
    CONSTRAINT "FK_ReportContacts_PassengerReports_ReportId" FOREIGN KEY ("ReportId") REFERENCES "PassengerReports" ("Id") ON DELETE CASCADE
);
CREATE TABLE "ReportPhotos" (
    "ReportId" INTEGER NOT NULL CONSTRAINT "PK_ReportPhotos" PRIMARY KEY,
    "File" TEXT NOT NULL,
    "Size" INTEGER NOT NULL,
    CONSTRAINT "FK_ReportPhotos_PassengerReports_ReportId" FOREIGN KEY ("ReportId") REFERENCES "PassengerReports" ("Id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "IX_Cabs_PassengerCode" ON "Cabs" ("PassengerCode") WHERE "PassengerCode" <> '';
CREATE INDEX "IX_PassengerReports_CabId_ReceivedAt" ON "PassengerReports" ("CabId", "ReceivedAt");
CREATE UNIQUE INDEX "IX_PassengerReports_CaseId" ON "PassengerReports" ("CaseId");
CREATE UNIQUE INDEX "IX_PassengerReports_Receipt" ON "PassengerReports" ("Receipt");
CREATE INDEX "IX_PassengerReports_Status" ON "PassengerReports" ("Status");
CREATE UNIQUE INDEX "IX_PassengerReports_Submission" ON "PassengerReports" ("Submission");
CREATE INDEX "IX_StarChecks_CabId_ClosedAt" ON "StarChecks" ("CabId", "ClosedAt");
CREATE INDEX "IX_Ledger_DriverId_Sequence" ON "Ledger" ("DriverId", "Sequence", ("Sequence" || ' ' || "Points" || ' ' || CAST(julianday("DecidedOn") - 1721425.5 AS INTEGER) || ' ' || ifnull("MaxStars", '-') || ' ' || ifnull("Reverses", '-') || ' ' || substr("Kind", 1, 3) || ' ' || "Code"))
;
CREATE INDEX "IX_Audit_Actor_Id" ON "Audit" ("Actor", "Id");
CREATE INDEX "IX_Audit_At" ON "Audit" ("At");
CREATE INDEX "IX_Audit_Operation_Id" ON "Audit" ("Operation", "Id");
CREATE INDEX "IX_Audit_Subject_Id" ON "Audit" ("Subject", "Id");
CREATE TABLE "CasePhotos" (
    "CaseId" INTEGER NOT NULL CONSTRAINT "PK_CasePhotos" PRIMARY KEY,
    "File" TEXT NOT NULL,
    "Size" INTEGER NOT NULL,
    CONSTRAINT "FK_CasePhotos_Cases_CaseId" FOREIGN KEY ("CaseId") REFERENCES "Cases" ("Id") ON DELETE CASCADE
);
