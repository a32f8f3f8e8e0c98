namespace CmEtl.Aws.Templates;

/// <summary>Languages of infrastructure as code.</summary>
public enum TemplateFormat
{
    /// <summary>AWS CloudFormation, JSON: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html.</summary>
    CloudFormation,

    /// <summary>
    /// Terraform's JSON syntax with the provider hashicorp/aws: https://developer.hashicorp.com/terraform/language/syntax/json.
    /// </summary>
    Terraform,
}
