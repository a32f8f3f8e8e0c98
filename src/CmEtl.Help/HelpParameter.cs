using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace CmEtl.Help;

/// <summary>What reflection knows of a parameter: everything but what it is for.</summary>
internal sealed class HelpParameter(CmdletInfo command, CommandParameterInfo parameter, string set)
{
    private const string AllSets = ParameterAttribute.AllParameterSets;

    private readonly ParameterAttribute _attribute = parameter.Attributes.OfType<ParameterAttribute>()
        .OrderByDescending(a => a.ParameterSetName == set).ThenByDescending(a => a.ParameterSetName == AllSets).First();

    public string Name => parameter.Name;

    public Type Type { get; } = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    public bool Mandatory => _attribute.Mandatory;

    public bool Hidden => _attribute.DontShow;

    public string Position => _attribute.Position < 0 ? "named" : _attribute.Position.ToString(CultureInfo.InvariantCulture);

    public string Aliases => parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases);

    public string Pipeline => (_attribute.ValueFromPipeline, _attribute.ValueFromPipelineByPropertyName) switch
    {
        (false, false) => "False",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "True (ByPropertyName, ByValue)",
    };

    /// <summary>The cmdlet's or one of its bases'; null for -WhatIf and -Confirm.</summary>
    public PropertyInfo? Property { get; } = command.ImplementingType.GetProperty(parameter.Name);

    /// <summary>The words it takes, where these are all there are.</summary>
    public IEnumerable<string> Words => Type.IsEnum ? Enum.GetNames(Type)
        : parameter.Attributes.OfType<ValidateSetAttribute>().SingleOrDefault()?.ValidValues ?? [];

    public string Range => parameter.Attributes.OfType<ValidateRangeAttribute>().SingleOrDefault() is not { } range ? ""
        : range.MaxRange is int.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"Allowed: {range.MinRange} or more.")
        : string.Create(CultureInfo.InvariantCulture, $"Allowed: {range.MinRange} to {range.MaxRange}.");

    /// <summary>What a new cmdlet has; where that is nothing, what the setting of that name has.</summary>
    public string Default
    {
        get
        {
            if (Property is null || Mandatory || Type == typeof(SwitchParameter))
            {
                return Type == typeof(SwitchParameter) ? "False" : "none";
            }

            var value = Property.GetValue(Activator.CreateInstance(command.ImplementingType)) ?? Setting();
            return Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "none";
        }
    }

    private object? Setting()
    {
        var settings = AppDomain.CurrentDomain.GetAssemblies()
            .Select(a => a.GetType("CmEtl.Engine.EtlSettings")).FirstOrDefault(t => t is not null);
        return command.ImplementingType.GetProperty("LedgerSchema") is null || settings?.GetProperty(Name) is not { } setting
            ? null : setting.GetValue(Activator.CreateInstance(settings));
    }
}
