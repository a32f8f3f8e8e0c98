-- The analytics schema: the facts and dimensions that Tasks 01 and 02 read.
CREATE SCHEMA analytics;

CREATE TABLE analytics.dimcaregiver (
  "Caregiver Id"             varchar(50) NOT NULL,
  "Application Caregiver Id" numeric(38,0),
  "Caregiver Code"           varchar(50),
  "Caregiver Firstname"      varchar(50),
  "Caregiver Lastname"       varchar(50),
  "Caregiver Fullname"       varchar(101),
  "SSN"                      varchar(50),
  "Status"                   varchar(50),
  "Updated Datatimestamp"    timestamptz,
  PRIMARY KEY ("Caregiver Id")
);

CREATE TABLE analytics.dimcontract (
  "Contract Id"             varchar(50) NOT NULL,
  "Application Contract Id" numeric(38,0),
  "Contract Name"           varchar(250),
  "Is Active"               boolean,
  "Updated Datatimestamp"   timestamptz,
  PRIMARY KEY ("Contract Id")
);

CREATE TABLE analytics.dimoffice (
  "Office Id"             varchar(50) NOT NULL,
  "Application Office Id" numeric(38,0),
  "Office Name"           varchar(100),
  "Is Active"             boolean,
  "Updated Datatimestamp" timestamptz,
  PRIMARY KEY ("Office Id")
);

CREATE TABLE analytics.dimpatient (
  "Patient Id"             varchar(50) NOT NULL,
  "Application Patient Id" numeric(38,0),
  "Patient Firstname"      varchar(100),
  "Patient Lastname"       varchar(100),
  "Patient Name"           varchar(201),
  "Admission Id"           varchar(500),
  "Medicaid Number"        varchar(100),
  "Status"                 varchar(50),
  "Updated Datatimestamp"  timestamptz,
  PRIMARY KEY ("Patient Id")
);

CREATE TABLE analytics.dimpatientaddress (
  "Patient Address Id"                varchar(50) NOT NULL,
  "Application Patient Address Id"    numeric(38,0),
  "Patient Id"                        varchar(50),
  "Application Patient Id"            numeric(38,0),
  "Address Type"                      varchar(100),
  "Address Line 1"                    varchar(500),
  "Address Line 2"                    varchar(100),
  "City"                              varchar(255),
  "County"                            varchar(100),
  "Address State"                     varchar(100),
  "Zip Code"                          varchar(100),
  "Primary Address"                   boolean,
  "Latitude"                          numeric(12,8),
  "Longitude"                         numeric(12,8),
  "Application Created UTC Timestamp" timestamptz,
  "Updated Datatimestamp"             timestamptz,
  PRIMARY KEY ("Patient Address Id")
);

CREATE TABLE analytics.dimpayer (
  "Payer Id"              varchar(50) NOT NULL,
  "Application Payer Id"  numeric(38,0),
  "Payer Name"            varchar(50),
  "Payer State"           varchar(100),
  "Is Active"             boolean,
  "Is Demo"               boolean,
  "Updated Datatimestamp" timestamptz,
  PRIMARY KEY ("Payer Id")
);

CREATE TABLE analytics.dimpayerprovider (
  "Payer Id"                varchar(50) NOT NULL,
  "Application Payer Id"    numeric(38,0),
  "Provider Id"             varchar(50) NOT NULL,
  "Application Provider Id" numeric(38,0),
  PRIMARY KEY ("Payer Id", "Provider Id")
);

CREATE TABLE analytics.dimprovider (
  "Provider Id"             varchar(50) NOT NULL,
  "Application Provider Id" numeric(38,0),
  "Provider Name"           varchar(200),
  "Address State"           varchar(100),
  "Federal Tax Number"      varchar(100),
  "Phone Number 1"          varchar(30),
  "Is Active"               boolean,
  "Is Demo"                 boolean,
  "Updated Datatimestamp"   timestamptz,
  PRIMARY KEY ("Provider Id")
);

CREATE TABLE analytics.dimservicecode (
  "Service Code Id"             varchar(50) NOT NULL,
  "Application Service Code Id" numeric(38,0),
  "Service Code"                varchar(50),
  "Updated Datatimestamp"       timestamptz,
  PRIMARY KEY ("Service Code Id")
);

CREATE TABLE analytics.dimuser (
  "User Id"               varchar(50) NOT NULL,
  "Application User Id"   numeric(38,0),
  "User Fullname"         varchar(511),
  "User Email Address"    varchar(320),
  "Vendor Id"             varchar(50),
  "Application Vendor Id" numeric(38,0),
  PRIMARY KEY ("User Id")
);

CREATE TABLE analytics.dimuseroffices (
  "User Id"     varchar(50) NOT NULL,
  "Office Id"   varchar(50) NOT NULL,
  "Vendor Id"   varchar(50),
  "Vendor Type" varchar(50),
  PRIMARY KEY ("User Id", "Office Id")
);

CREATE TABLE analytics.factcaregiverabsence (
  "Caregiver Vacation Id" numeric(38,0) NOT NULL,
  "Environment"           varchar(50) NOT NULL,
  "Global Caregiver Id"   varchar(50),
  "Office Id"             varchar(50),
  "Provider Id"           varchar(50),
  "Start Date"            timestamp,
  "End Date"              timestamp,
  "Updated Datatimestamp" timestamptz,
  PRIMARY KEY ("Caregiver Vacation Id", "Environment")
);

CREATE TABLE analytics.factcaregiverinservice (
  "Application Caregiver Inservice Id" numeric(38,0) NOT NULL,
  "Environment"                        varchar(50) NOT NULL,
  "Caregiver Id"                       varchar(50),
  "Provider Id"                        varchar(50),
  "Office Id"                          varchar(50),
  "Inservice start date"               timestamptz,
  "Inservice end date"                 timestamptz,
  "Updated Datatimestamp"              timestamptz,
  PRIMARY KEY ("Application Caregiver Inservice Id", "Environment")
);

CREATE TABLE analytics.factvisitcallperformance_cr (
  "Visit Id"                          varchar(50) NOT NULL,
  "Application Visit Id"              numeric(38,0),
  "Patient Id"                        varchar(50),
  "Application Patient Id"            numeric(38,0),
  "Caregiver Id"                      varchar(50),
  "Application Caregiver Id"          numeric(38,0),
  "Provider Id"                       varchar(50),
  "Application Provider Id"           numeric(38,0),
  "Office Id"                         varchar(50),
  "Application Office Id"             numeric(38,0),
  "Payer Id"                          varchar(50),
  "Application Payer Id"              numeric(38,0),
  "Contract Id"                       varchar(50),
  "Application Contract Id"           numeric(38,0),
  "Service Code Id"                   varchar(50),
  "Application Service Code Id"       numeric(38,0),
  "Payer Patient Id"                  varchar(50),
  "Application Payer Patient Id"      numeric(38,0),
  "Provider Patient Id"               varchar(50),
  "Application Provider Patient Id"   numeric(38,0),
  "Visit Date"                        date,
  "Scheduled Start Time"              timestamptz,
  "Scheduled End Time"                timestamptz,
  "Visit Start Time"                  timestamp,
  "Visit End Time"                    timestamp,
  "Call In Time"                      timestamp,
  "Call In GPS Coordinates"           varchar(100),
  "Call Out Time"                     timestamp,
  "Call Out GPS Coordinates"          varchar(100),
  "Call Out Device Type"              varchar(100),
  "Bill Type"                         varchar(50),
  "Billed"                            varchar(3),
  "Billed Hours"                      numeric(8,2),
  "Billed Rate"                       numeric(19,3),
  "Total Billed Amount"               numeric(19,3),
  "Bill Rate Non-Billed"              numeric(12,2),
  "Invoice Date"                      date,
  "Is Missed"                         boolean,
  "Missed Visit Reason"               varchar(500),
  "Visit Updated User Id"             varchar(50),
  "Application Visit Updated User Id" numeric(38,0),
  "Visit Updated Timestamp"           timestamptz,
  "Updated Datatimestamp"             timestamptz,
  PRIMARY KEY ("Visit Id")
);

CREATE TABLE analytics.factvisitcallperformance_deleted_cr (
  "Visit Id"                          varchar(50) NOT NULL,
  "Application Visit Id"              numeric(38,0),
  "Patient Id"                        varchar(50),
  "Application Patient Id"            numeric(38,0),
  "Caregiver Id"                      varchar(50),
  "Application Caregiver Id"          numeric(38,0),
  "Provider Id"                       varchar(50),
  "Application Provider Id"           numeric(38,0),
  "Office Id"                         varchar(50),
  "Application Office Id"             numeric(38,0),
  "Payer Id"                          varchar(50),
  "Application Payer Id"              numeric(38,0),
  "Contract Id"                       varchar(50),
  "Application Contract Id"           numeric(38,0),
  "Service Code Id"                   varchar(50),
  "Application Service Code Id"       numeric(38,0),
  "Payer Patient Id"                  varchar(50),
  "Application Payer Patient Id"      numeric(38,0),
  "Provider Patient Id"               varchar(50),
  "Application Provider Patient Id"   numeric(38,0),
  "Visit Date"                        date,
  "Scheduled Start Time"              timestamptz,
  "Scheduled End Time"                timestamptz,
  "Visit Start Time"                  timestamp,
  "Visit End Time"                    timestamp,
  "Call In Time"                      timestamp,
  "Call In GPS Coordinates"           varchar(100),
  "Call Out Time"                     timestamp,
  "Call Out GPS Coordinates"          varchar(100),
  "Call Out Device Type"              varchar(100),
  "Bill Type"                         varchar(50),
  "Billed"                            varchar(3),
  "Billed Hours"                      numeric(8,2),
  "Billed Rate"                       numeric(19,3),
  "Total Billed Amount"               numeric(19,3),
  "Bill Rate Non-Billed"              numeric(12,2),
  "Invoice Date"                      date,
  "Is Missed"                         boolean,
  "Missed Visit Reason"               varchar(500),
  "Visit Updated User Id"             varchar(50),
  "Application Visit Updated User Id" numeric(38,0),
  "Visit Updated Timestamp"           timestamptz,
  "Updated Datatimestamp"             timestamptz,
  PRIMARY KEY ("Visit Id")
);
