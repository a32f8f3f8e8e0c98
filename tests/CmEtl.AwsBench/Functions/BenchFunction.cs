using System.Text.Json.Nodes;

namespace CmEtl.AwsBench;

/// <summary>
/// A function with its versions and aliases. A change takes time. Until it is complete, the function is Pending or its update InProgress,
/// and the previous code runs (https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html).
/// </summary>
internal sealed class BenchFunction(string arn, string name, FunctionRevision latest, DateTimeOffset ready) : IDisposable
{
    private readonly List<FunctionRevision> _all = [latest];
    private FunctionRevision? _before;
    private DateTimeOffset _ready = ready;
    private string? _failure;
    private int _published;

    public string Arn => arn;

    public string Name => name;

    public FunctionRevision Latest { get; private set; } = latest;

    public List<FunctionRevision> Versions { get; } = [];

    public Dictionary<string, FunctionAlias> Aliases { get; } = [];

    public Dictionary<string, string> Tags { get; } = [];

    public int? ReservedConcurrency { get; set; }

    public IEnumerable<LambdaSandbox> Sandboxes => _all.SelectMany(r => r.Sandboxes);

    private bool Busy => DateTimeOffset.UtcNow < _ready;

    /// <summary>Replaces $LATEST.</summary>
    /// <param name="next">The new revision.</param>
    /// <param name="at">When the update is complete.</param>
    /// <param name="failure">Why the update fails, or null.</param>
    public void Update(FunctionRevision next, DateTimeOffset at, string? failure)
    {
        _all.Add(next);
        (_before, Latest, _ready, _failure) = (Latest, next, at, failure);
    }

    /// <summary>Completes the change in progress.</summary>
    public void Settle() => _ready = DateTimeOffset.MinValue;

    public FunctionRevision Publish()
    {
        if (Versions.LastOrDefault() is { } last && last.IsLike(Latest))
        {
            return last;
        }

        var version = Latest.As($"{++_published}");
        _all.Add(version);
        Versions.Add(version);
        return version;
    }

    /// <summary>The revision that a qualifier (version, alias or none) refers to; null when it does not exist.</summary>
    public FunctionRevision? Find(string? qualifier) => qualifier switch
    {
        null or "$LATEST" => Latest,
        _ when Aliases.TryGetValue(qualifier, out var alias) => Find(alias.Version),
        _ => Versions.Find(v => v.Version == qualifier),
    };

    /// <summary>The revision that runs when the qualifier is invoked now.</summary>
    public FunctionRevision? Serving(string? qualifier) => Find(qualifier) is { } found
        ? found == Latest && (Busy || _failure is not null) && _before is not null ? _before : found
        : null;

    /// <summary>Refuses a change while another is in progress.</summary>
    public void ThrowIfBusy()
    {
        if (Busy)
        {
            throw new ServiceFault(
                "ResourceConflictException",
                _before is null ? "The operation cannot be performed at this time. The function is currently in the following state: Pending"
                    : $"The operation cannot be performed at this time. An update is in progress for resource: {arn}",
                409);
        }
    }

    /// <summary>A function that was never active cannot be invoked.</summary>
    public void ThrowIfPending()
    {
        if (_before is null)
        {
            ThrowIfBusy();
        }
    }

    /// <summary>https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html</summary>
    public JsonObject Describe(FunctionRevision revision, bool qualified)
    {
        var pending = Busy && _before is null;
        var failed = !Busy && _failure is not null && revision == Latest;
        var answer = revision.Configuration.DeepClone().AsObject();
        answer["FunctionName"] = name;
        answer["FunctionArn"] = qualified ? $"{arn}:{revision.Version}" : arn;
        answer["Version"] = revision.Version;
        answer["CodeSha256"] = revision.CodeSha256;
        answer["CodeSize"] = revision.Zip.Length;
        answer["PackageType"] = "Zip";
        answer["RevisionId"] = revision.RevisionId;
        answer["State"] = pending ? "Pending" : "Active";
        answer["StateReason"] = pending ? "The function is being created." : null;
        answer["StateReasonCode"] = pending ? "Creating" : null;
        answer["LastUpdateStatus"] = Busy && revision == Latest ? "InProgress" : failed ? "Failed" : "Successful";
        answer["LastUpdateStatusReason"] = failed ? _failure : null;
        return answer;
    }

    public void Dispose()
    {
        foreach (var revision in _all)
        {
            revision.Dispose();
        }
    }
}
