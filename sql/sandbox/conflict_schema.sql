-- The conflict schema without the two wide tables. It has no foreign keys and no unique constraint on pairs, as in production.
CREATE SCHEMA conflict;

CREATE SEQUENCE conflict.conflict_commu_inters_id_seq;
CREATE TABLE conflict.conflict_commu_inters (
  "id"                  numeric(38,0) NOT NULL DEFAULT nextval('conflict.conflict_commu_inters_id_seq'),
  "CONFLICTID"          numeric(38,0),
  "GroupID"             numeric(38,0),
  "ReverseUUID"         varchar(100),
  "Description"         varchar(1000),
  "CommentType"         numeric(3,0),
  "Attachmenturl"       varchar(500),
  "communications_type" numeric(3,0),
  "created_at"          timestamp,
  "updated_at"          timestamp,
  "created_by"          numeric(38,0),
  "updated_by"          numeric(38,0),
  "created_by_name"     varchar(200),
  "updated_by_name"     varchar(200),
  "OriginalFileName"    varchar(200),
  "FileSize"            numeric(38,0),
  PRIMARY KEY ("id")
);
ALTER SEQUENCE conflict.conflict_commu_inters_id_seq OWNED BY conflict.conflict_commu_inters."id";

CREATE SEQUENCE conflict.conflicts_conflictid_seq;
CREATE TABLE conflict.conflicts (
  "CONFLICTID"         numeric(38,0) NOT NULL DEFAULT nextval('conflict.conflicts_conflictid_seq'),
  "RECORDEDDATETIME"   timestamp DEFAULT CURRENT_TIMESTAMP,
  "StatusFlag"         varchar(5) DEFAULT 'U',
  "NoResponseFlag"     varchar(10),
  "NoResponseReasonID" numeric(38,0),
  "NoResponseTitle"    varchar(500),
  "NoResponseNotes"    varchar(500),
  "ResolveDate"        timestamp,
  "CreatedDate"        timestamp,
  "ResolvedBy"         varchar(200),
  "NoResponseDate"     timestamp,
  "FlagForReview"      varchar(5),
  "FlagForReviewDate"  timestamp,
  "UpdatedRFlag"       varchar(5),
  PRIMARY KEY ("CONFLICTID")
);
ALTER SEQUENCE conflict.conflicts_conflictid_seq OWNED BY conflict.conflicts."CONFLICTID";

CREATE SEQUENCE conflict.contact_maintenance_id_seq;
CREATE TABLE conflict.contact_maintenance (
  "ID"               numeric(38,0) NOT NULL DEFAULT nextval('conflict.contact_maintenance_id_seq'),
  "RECORDEDDATETIME" timestamp DEFAULT CURRENT_TIMESTAMP,
  "CONTACT_NAME"     varchar(255) DEFAULT 'U',
  "PHONE"            varchar(20),
  "ProviderID"       varchar(50),
  "AppProviderID"    varchar(50),
  "UPDATED_BY"       numeric(38,0),
  "UPDATED_AT"       timestamp DEFAULT CURRENT_TIMESTAMP,
  "PID"              varchar(50),
  "APPLICATIONPID"   varchar(50),
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.contact_maintenance_id_seq OWNED BY conflict.contact_maintenance."ID";

CREATE SEQUENCE conflict.excluded_agency_id_seq;
CREATE TABLE conflict.excluded_agency (
  "ID"            numeric(38,0) NOT NULL DEFAULT nextval('conflict.excluded_agency_id_seq'),
  "AgencyName"    varchar(100),
  "ProviderID"    varchar(50),
  "AppProviderID" varchar(50),
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.excluded_agency_id_seq OWNED BY conflict.excluded_agency."ID";

CREATE SEQUENCE conflict.excluded_ssn_id_seq;
CREATE TABLE conflict.excluded_ssn (
  "ID"  numeric(38,0) NOT NULL DEFAULT nextval('conflict.excluded_ssn_id_seq'),
  "SSN" varchar(50),
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.excluded_ssn_id_seq OWNED BY conflict.excluded_ssn."ID";

CREATE SEQUENCE conflict.log_fields_id_seq;
CREATE TABLE conflict.log_fields (
  "ID"                  numeric(38,0) NOT NULL DEFAULT nextval('conflict.log_fields_id_seq'),
  "FieldName"           varchar(50),
  "FieldDisplayValue"   varchar(50),
  "FieldFor"            varchar(10),
  "FieldType"           varchar(10),
  "RestrictedFlag"      numeric(2,0),
  "NotShowInDropDown"   numeric(2,0),
  "HideColumnFlag"      numeric(2,0),
  "HideHidePayerFlag"   numeric(2,0),
  "HideForProviderFlag" numeric(2,0),
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.log_fields_id_seq OWNED BY conflict.log_fields."ID";

CREATE SEQUENCE conflict.log_history_id_seq;
CREATE TABLE conflict.log_history (
  "ID"              numeric(38,0) NOT NULL DEFAULT nextval('conflict.log_history_id_seq'),
  "CONID"           numeric(38,0),
  "CreatedDateTime" timestamp DEFAULT CURRENT_TIMESTAMP,
  "LogTypeFlag"     varchar(10),
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.log_history_id_seq OWNED BY conflict.log_history."ID";

CREATE SEQUENCE conflict.log_history_values_id_seq;
CREATE TABLE conflict.log_history_values (
  "ID"         numeric(38,0) NOT NULL DEFAULT nextval('conflict.log_history_values_id_seq'),
  "LHID"       numeric(38,0),
  "LogID"      numeric(38,0),
  "OldValue"   text,
  "NewValue"   text,
  "VisitID"    varchar(50),
  "AppVisitID" varchar(50),
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.log_history_values_id_seq OWNED BY conflict.log_history_values."ID";

CREATE TABLE conflict.log_history_values_temp (
  "CONID"      numeric(38,0) NOT NULL,
  "LogID"      numeric(38,0),
  "OldValue"   text,
  "NewValue"   text,
  "VisitID"    varchar(50),
  "AppVisitID" varchar(50)
);

CREATE SEQUENCE conflict.mph_id_seq;
CREATE TABLE conflict.mph (
  "ID"                  numeric(38,0) NOT NULL DEFAULT nextval('conflict.mph_id_seq'),
  "RECORDEDDATETIME"    timestamp DEFAULT CURRENT_TIMESTAMP,
  "TYPE"                varchar(50),
  "From"                numeric(38,0),
  "To"                  numeric(38,0),
  "AverageMilesPerHour" numeric(38,0),
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.mph_id_seq OWNED BY conflict.mph."ID";

CREATE SEQUENCE conflict.noresponsereasons_id_seq;
CREATE TABLE conflict.noresponsereasons (
  "ID"          numeric(38,0) NOT NULL DEFAULT nextval('conflict.noresponsereasons_id_seq'),
  "Title"       varchar(500),
  "Description" varchar(500),
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.noresponsereasons_id_seq OWNED BY conflict.noresponsereasons."ID";

CREATE SEQUENCE conflict.notifications_id_seq;
CREATE TABLE conflict.notifications (
  "ID"               numeric(38,0) NOT NULL DEFAULT nextval('conflict.notifications_id_seq'),
  "CONFLICTID"       numeric(38,0),
  "ProviderID"       varchar(50),
  "AppProviderID"    varchar(50),
  "NotificationType" varchar(50),
  "CreatedDate"      date,
  "CreatedDateTime"  timestamp,
  "ReadUnreadFlag"   numeric(3,0),
  "Contract"         varchar(100),
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.notifications_id_seq OWNED BY conflict.notifications."ID";

CREATE SEQUENCE conflict.payer_provider_reminders_id_seq;
CREATE TABLE conflict.payer_provider_reminders (
  "ID"              numeric(38,0) NOT NULL DEFAULT nextval('conflict.payer_provider_reminders_id_seq'),
  "PayerID"         varchar(50),
  "AppPayerID"      varchar(50),
  "Contract"        varchar(100),
  "ProviderID"      varchar(50),
  "AppProviderID"   varchar(50),
  "ProviderName"    varchar(100),
  "CreatedDateTime" timestamp DEFAULT CURRENT_TIMESTAMP,
  "NumberOfDays"    numeric(38,0),
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.payer_provider_reminders_id_seq OWNED BY conflict.payer_provider_reminders."ID";

CREATE TABLE conflict.settings (
  "ExtraDistance"       numeric(38,0),
  "ExtraDistancePer"    numeric(38,2),
  "NORESPONSELIMITTIME" numeric(38,0),
  "ID"                  numeric(38,0) NOT NULL DEFAULT 0,
  "UpdateCronFlag"      numeric(3,0),
  "InsertCronFlag"      numeric(3,0),
  "ConflictIDFlag"      numeric(3,0),
  "GroupIDFlag"         numeric(3,0),
  "VisitHistoryFlag"    numeric(3,0),
  "LastLoadDate"        timestamp,
  "InProgressFlag"      numeric(38,0),
  PRIMARY KEY ("ID")
);

CREATE SEQUENCE conflict.task_history_list_id_seq;
CREATE TABLE conflict.task_history_list (
  "ID"         numeric(38,0) NOT NULL DEFAULT nextval('conflict.task_history_list_id_seq'),
  "NAME"       varchar(100),
  "UNNAME"     varchar(100),
  "EMAILSENT"  varchar(10),
  "CREATED_AT" timestamp DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("ID")
);
ALTER SEQUENCE conflict.task_history_list_id_seq OWNED BY conflict.task_history_list."ID";
