namespace CmEtl.Aws.Templates;

/// <summary>A parameter of a template; a variable in Terraform.</summary>
/// <param name="Name">Its name, as CloudFormation spells it.</param>
/// <param name="Description">What to give.</param>
/// <param name="Default">Its default; null where a value has to be given.</param>
/// <param name="IsNumber">Whether it is a number.</param>
/// <param name="IsList">Whether it is a list of texts.</param>
internal sealed record TemplateParameter(string Name, string Description, string? Default = null, bool IsNumber = false,
    bool IsList = false);
