using System.Text.Encodings.Web;
using System.Text.Json;
using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Templates;

/// <summary>A deployment as infrastructure as code.</summary>
public static class InfrastructureTemplate
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The template as indented JSON.</summary>
    /// <exception cref="DefinitionException">A placeholder of the definition has no value, or a value has no placeholder.</exception>
    public static string Write(TemplateFormat format, TemplateOptions options)
    {
        var model = new TemplateModel(options);
        var template = format == TemplateFormat.Terraform ? new TerraformWriter(model).Write() : new CloudFormationWriter(model).Write();
        return template.ToJsonString(Indented) + "\n";
    }

    /// <summary>The file name of the template.</summary>
    public static string FileName(TemplateFormat format) => format == TemplateFormat.Terraform ? "cm-etl.tf.json" : "cm-etl.template.json";
}
