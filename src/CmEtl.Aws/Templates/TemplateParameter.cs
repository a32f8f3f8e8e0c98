namespace CmEtl.Aws.Templates;

/// <summary>A parameter of a template; a variable in Terraform.</summary>
/// <param name="Name">Name in CloudFormation's spelling.</param>
/// <param name="Description">Description of the value.</param>
/// <param name="Default">Default value. Null if the parameter is required.</param>
/// <param name="IsNumber">Whether it is a number.</param>
/// <param name="IsList">Whether it is a list of strings.</param>
internal sealed record TemplateParameter(string Name, string Description, string? Default = null, bool IsNumber = false,
    bool IsList = false);
