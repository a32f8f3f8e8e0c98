namespace CmEtl.Aws.Definitions.Syntax;

/// <summary>Query language of a state: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html.</summary>
internal enum QueryLanguage
{
    JsonPath,
    Jsonata,
}
