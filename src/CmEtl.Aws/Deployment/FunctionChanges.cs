using System.Globalization;
using System.Security.Cryptography;
using CmEtl.Aws.Definitions;
using CmEtl.Aws.Lambda;

namespace CmEtl.Aws.Deployment;

/// <summary>What a function lacks of what it should be.</summary>
internal static class FunctionChanges
{
    /// <summary>Path of a change of the package.</summary>
    public const string Code = "Code";

    /// <summary>The differences; environment variables by name alone, for their values may be secrets.</summary>
    public static IReadOnlyList<JsonChange> Between(FunctionSpec spec, FunctionConfiguration? current)
    {
        var changes = new List<JsonChange>();
        Compare(Code, current?.CodeSha256, Convert.ToBase64String(SHA256.HashData(spec.Zip)));
        Compare("Role", current?.Role, spec.RoleArn);
        Compare("MemorySize", Text(current?.MemorySize), Text(spec.MemorySize));
        Compare("Timeout", Text(current?.Timeout), Text(spec.Timeout));
        Compare("SubnetIds", List(current?.VpcConfig?.SubnetIds), List(spec.Network?.SubnetIds));
        Compare("SecurityGroupIds", List(current?.VpcConfig?.SecurityGroupIds), List(spec.Network?.SecurityGroupIds));
        foreach (var (name, value) in spec.Environment)
        {
            var old = current?.Environment?.Variables?.GetValueOrDefault(name);
            if (old != value)
            {
                changes.Add(new($"Environment.{name}", old is null ? null : "(hidden)", value is null ? null : "(hidden)"));
            }
        }

        return changes;

        void Compare(string path, string? old, string? @new)
        {
            if (@new is not null && @new != old)
            {
                changes.Add(new(path, old, @new));
            }
        }
    }

    /// <summary>All variables as they should be: the service knows only all or none.</summary>
    public static Dictionary<string, string> Merge(FunctionSpec spec, FunctionConfiguration? current)
    {
        var variables = new Dictionary<string, string>(current?.Environment?.Variables ?? new Dictionary<string, string>());
        foreach (var (name, value) in spec.Environment)
        {
            variables.Remove(name);
            if (value is not null)
            {
                variables[name] = value;
            }
        }

        return variables;
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    // A set for the service: the order means nothing.
    private static string? List(IReadOnlyList<string>? items) => items is null ? null : string.Join(",", items.Order(StringComparer.Ordinal));
}
