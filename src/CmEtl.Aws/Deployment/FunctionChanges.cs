using System.Globalization;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Deployment;

/// <summary>The differences between a function and its specification, and the requests that apply the changes.</summary>
internal sealed class FunctionChanges
{
    private const string Code = "Code";
    private const string Concurrency = "ReservedConcurrency";
    private const string Architecture = "Architecture";
    private const string EnvironmentPath = "Environment.";
    private const string TagPath = "Tags.";

    private readonly FunctionSpec _spec;
    private readonly FunctionConfiguration? _current;
    private readonly Dictionary<string, string> _variables;
    private readonly List<JsonChange> _all = [];

    /// <param name="spec">The intended function.</param>
    /// <param name="found">The existing function, or null.</param>
    public FunctionChanges(FunctionSpec spec, GetFunctionResponse? found)
    {
        (_spec, _current) = (spec, found?.Configuration);
        _variables = FunctionEnvironment.Merge(spec, _current?.Environment);
        Compare(Code, _current?.CodeSha256, spec.Package.Sha256);
        Compare(Architecture, _current is null ? null : _current.Architectures?.FirstOrDefault() ?? "x86_64", spec.Package.Architecture);
        Compare("Runtime", _current?.Runtime?.Value, FunctionPublisher.Runtime);
        Compare("Handler", _current?.Handler, FunctionPublisher.Handler);
        Compare("Role", _current?.Role, spec.RoleArn);
        Compare("MemorySize", Text(_current?.MemorySize), Text(spec.MemorySize));
        Compare("Timeout", Text(_current?.Timeout), Text(spec.Timeout));
        Compare("KmsKeyArn", _current?.KMSKeyArn ?? "", spec.KmsKeyArn);
        Compare("Tracing", _current is null ? null : _current.TracingConfig?.Mode?.Value ?? "PassThrough", Tracing?.Value);
        Compare("SubnetIds", List(_current?.VpcConfig?.SubnetIds), spec.SubnetIds is null ? null : List(spec.SubnetIds));
        Compare("SecurityGroupIds", List(_current?.VpcConfig?.SecurityGroupIds), spec.SecurityGroupIds is null ? null : List(spec.SecurityGroupIds));
        CompareEnvironment();
        Compare(Concurrency, Reserved(found?.Concurrency?.ReservedConcurrentExecutions),
            spec.ReservedConcurrency is { } r ? Reserved(r) : null);
        CompareTags(found?.Tags ?? []);
    }

    /// <summary>The differences. Environment variables are shown without values, because these can be secrets.</summary>
    public IReadOnlyList<JsonChange> All => _all;

    /// <summary>Whether the code or its architecture changes.</summary>
    public bool OfCode => Any(Code) || Any(Architecture);

    /// <summary>Whether the reservation of concurrent invocations changes.</summary>
    public bool OfConcurrency => Any(Concurrency);

    /// <summary>Tags to set.</summary>
    public Dictionary<string, string> TagsToSet =>
        _all.Where(c => IsTag(c) && c.New is not null).ToDictionary(c => c.Path[TagPath.Length..], c => c.New!);

    /// <summary>Tags to remove.</summary>
    public List<string> TagsToRemove => [.. _all.Where(c => IsTag(c) && c.New is null).Select(c => c.Path[TagPath.Length..])];

    /// <summary>The request to update the configuration, with only the values that change. Null if none changes.</summary>
    public UpdateFunctionConfigurationRequest? Configuration() =>
        _all.TrueForAll(c => c.Path is Code or Architecture or Concurrency || IsTag(c)) ? null : new()
        {
            FunctionName = _spec.Name,
            Runtime = Any("Runtime") ? FunctionPublisher.Runtime : null,
            Handler = Any("Handler") ? FunctionPublisher.Handler : null,
            Role = Any("Role") ? _spec.RoleArn : null,
            MemorySize = Any("MemorySize") ? _spec.MemorySize : null,
            Timeout = Any("Timeout") ? _spec.Timeout : null,
            KMSKeyArn = Any("KmsKeyArn") ? _spec.KmsKeyArn : null,
            TracingConfig = Any("Tracing") ? new() { Mode = Tracing } : null,
            VpcConfig = Any("SubnetIds") || Any("SecurityGroupIds") ? Network() : null,
            Environment = _all.Exists(c => c.Path.StartsWith(EnvironmentPath, StringComparison.Ordinal))
                ? new() { Variables = _variables }
                : null,
        };

    /// <summary>The request that creates the function.</summary>
    public CreateFunctionRequest Creation() => new()
    {
        FunctionName = _spec.Name,
        Code = new() { ZipFile = new(_spec.Package.Bytes) },
        Role = _spec.RoleArn ?? throw new DefinitionException($"{_spec.Name} does not exist yet. To create it, give its role."),
        Runtime = FunctionPublisher.Runtime,
        Handler = FunctionPublisher.Handler,
        Architectures = [_spec.Package.Architecture ?? "x86_64"],
        MemorySize = _spec.MemorySize ?? FunctionPublisher.DefaultMemory,
        Timeout = _spec.Timeout ?? FunctionPublisher.DefaultTimeout,
        KMSKeyArn = string.IsNullOrEmpty(_spec.KmsKeyArn) ? null : _spec.KmsKeyArn,
        TracingConfig = Tracing is null ? null : new() { Mode = Tracing },
        Environment = new() { Variables = _variables },
        VpcConfig = _spec.SubnetIds is null && _spec.SecurityGroupIds is null ? null : Network(),
        Tags = _spec.Tags is { Count: > 0 } ? new(_spec.Tags) : null,
    };

    private TracingMode? Tracing => _spec.Tracing is null ? null : _spec.Tracing.Value ? "Active" : "PassThrough";

    // The service replaces both lists, so a list that is not specified is sent unchanged.
    private VpcConfig Network() => new()
    {
        SubnetIds = [.. _spec.SubnetIds ?? _current?.VpcConfig?.SubnetIds ?? []],
        SecurityGroupIds = [.. _spec.SecurityGroupIds ?? _current?.VpcConfig?.SecurityGroupIds ?? []],
    };

    private bool Any(string path) => _all.Exists(c => c.Path == path);

    private static bool IsTag(JsonChange change) => change.Path.StartsWith(TagPath, StringComparison.Ordinal);

    private void Compare(string path, string? old, string? @new)
    {
        if (@new is not null && @new != old)
        {
            _all.Add(new(path, old, @new));
        }
    }

    private void CompareEnvironment()
    {
        foreach (var (name, value) in _spec.Environment)
        {
            var old = _current?.Environment?.Variables?.GetValueOrDefault(name);
            if (old != value)
            {
                _all.Add(new($"{EnvironmentPath}{name}", old is null ? null : "(hidden)", value is null ? null : "(hidden)"));
            }
        }
    }

    private void CompareTags(Dictionary<string, string> current)
    {
        if (_spec.Tags is null)
        {
            return;
        }

        // Tags of AWS itself, such as CloudFormation's, cannot be changed:
        // https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html.
        var names = current.Keys.Where(k => !k.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)).Union(_spec.Tags.Keys);
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var (old, @new) = (current.GetValueOrDefault(name), _spec.Tags.GetValueOrDefault(name));
            if (old != @new)
            {
                _all.Add(new(TagPath + name, old, @new));
            }
        }
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Reserved(int? number) => number is null or FunctionSpec.NoReservation ? "none" : Text(number)!;

    // The service treats the list as a set, so the order has no meaning.
    private static string List(IReadOnlyList<string>? items) => items is null ? "" : string.Join(",", items.Order(StringComparer.Ordinal));
}
