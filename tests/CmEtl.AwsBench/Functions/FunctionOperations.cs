using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace CmEtl.AwsBench;

/// <summary>Functions, versions and aliases: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html.</summary>
internal sealed class FunctionOperations(LambdaAccount account, Action<string> log) : IDisposable
{
    private static readonly string[] Configured =
        ["Role", "Handler", "Runtime", "Description", "Timeout", "MemorySize", "Environment", "Architectures", "VpcConfig", "KMSKeyArn", "TracingConfig"];

    private readonly ConcurrentDictionary<string, BenchFunction> _functions = new();

    public ICollection<BenchFunction> All => _functions.Values;

    /// <summary>Reasons with which the next updates fail.</summary>
    public Queue<string> UpdateFailures { get; } = [];

    /// <summary>Whether the KMS key of environments is unusable. They are returned as an error and can be overwritten.</summary>
    public bool HideEnvironment { get; set; }

    private DateTimeOffset Ready =>
        account.ChangeTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : DateTimeOffset.UtcNow + account.ChangeTime;

    /// <summary>Adds a function with any configuration.</summary>
    public void Place(LambdaOptions options)
    {
        var configuration = Merge([], new()
        {
            ["Timeout"] = (int)options.Timeout.TotalSeconds,
            ["Environment"] = new JsonObject
            {
                ["Variables"] = new JsonObject(options.Environment.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))),
            },
        });
        var function = Add(options.FunctionName, File.ReadAllBytes(options.ZipFile), configuration, DateTimeOffset.MinValue);
        function.Aliases["live"] = new FunctionAlias($"{function.Arn}:live", "live", "$LATEST", "");
    }

    public JsonObject Create(JsonObject request)
    {
        var name = FunctionName.Parse((string?)request["FunctionName"] ?? "", account).Name;
        FunctionRules.CheckName(name);
        var configuration = Merge(new() { ["Timeout"] = 3, ["MemorySize"] = 128, ["Description"] = "", ["Architectures"] = new JsonArray("x86_64") }, request);
        FunctionRules.CheckConfiguration(configuration);
        var zip = FunctionRules.ReadZip(request["Code"]);
        if (_functions.ContainsKey(name))
        {
            throw new ServiceFault("ResourceConflictException", $"Function already exist: {name}", 409);
        }

        var function = Add(name, zip, configuration, Ready);
        Set(function.Tags, request["Tags"]);
        return (bool?)request["Publish"] == true
            ? function.Describe(function.Publish(), qualified: true)
            : function.Describe(function.Latest, qualified: false);
    }

    public JsonObject Get(FunctionName named)
    {
        var function = Find(named);
        var configuration = function.Describe(Revision(function, named), named.Qualifier is not null);
        if (HideEnvironment)
        {
            configuration["Environment"] = new JsonObject { ["Error"] = new JsonObject { ["ErrorCode"] = "AccessDeniedException", ["Message"] = "KMS refused." } };
        }

        return new()
        {
            ["Configuration"] = configuration,
            ["Code"] = new JsonObject { ["RepositoryType"] = "S3" },
            ["Concurrency"] = function.ReservedConcurrency is { } reserved ? new JsonObject { ["ReservedConcurrentExecutions"] = reserved } : null,
            ["Tags"] = function.Tags.Count == 0
                ? null
                : new JsonObject(function.Tags.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
        };
    }

    public JsonObject Reserve(FunctionName named, int? reserved)
    {
        Find(named).ReservedConcurrency = reserved;
        return new() { ["ReservedConcurrentExecutions"] = reserved };
    }

    public JsonObject Tag(FunctionName named, JsonObject request)
    {
        Set(Find(named).Tags, request["Tags"]);
        return [];
    }

    public JsonObject Untag(FunctionName named, IEnumerable<string> keys)
    {
        var function = Find(named);
        foreach (var key in keys)
        {
            function.Tags.Remove(key);
        }

        return [];
    }

    public JsonObject ListVersions(FunctionName named)
    {
        var function = Find(named);
        return new() { ["Versions"] =
            new JsonArray([.. function.Versions.Prepend(function.Latest).Select(v => function.Describe(v, qualified: true))]) };
    }

    public JsonObject ListAliases(FunctionName named) =>
        new() { ["Aliases"] = new JsonArray([.. Find(named).Aliases.Values.Select(a => a.Describe())]) };

    /// <summary>Deletes one version. Deleting a whole function is not supported here.</summary>
    public JsonObject Delete(FunctionName named)
    {
        var function = Find(named);
        var user = function.Aliases.Values.FirstOrDefault(a => a.Versions.Contains(named.Qualifier));
        if (user is not null)
        {
            throw new ServiceFault("ResourceConflictException", $"Version {named.Qualifier} is in use by alias {user.Name}.", 409);
        }

        return function.Versions.RemoveAll(v => v.Version == named.Qualifier) > 0 ? [] : throw NotFound(function, named);
    }

    public JsonObject UpdateCode(FunctionName named, JsonObject request)
    {
        var function = Changeable(named, request);
        return Update(function, FunctionRules.ReadZip(request),
            Merge(function.Latest.Configuration, new() { ["Architectures"] = request["Architectures"]?.DeepClone() }), request);
    }

    public JsonObject UpdateConfiguration(FunctionName named, JsonObject request)
    {
        var function = Changeable(named, request);
        var configuration = Merge(function.Latest.Configuration, request);
        FunctionRules.CheckConfiguration(configuration);
        return Update(function, function.Latest.Zip, configuration, request);
    }

    public JsonObject Publish(FunctionName named, JsonObject request)
    {
        var function = Changeable(named, request);
        if ((string?)request["CodeSha256"] is { } expected && expected != function.Latest.CodeSha256)
        {
            throw new ServiceFault(
                "InvalidParameterValueException",
                $"CodeSHA256 ({expected}) is different from current CodeSHA256 in $LATEST ({function.Latest.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.");
        }

        return function.Describe(function.Publish(), qualified: true);
    }

    public JsonObject GetAlias(FunctionName named, string alias) => Alias(Find(named), alias).Describe();

    public JsonObject CreateAlias(FunctionName named, JsonObject request)
    {
        var function = Find(named);
        var name = (string)request["Name"]!;
        if (function.Aliases.ContainsKey(name))
        {
            throw new ServiceFault("ResourceConflictException", $"Alias already exists: {function.Arn}:{name}", 409);
        }

        return SetAlias(function, new FunctionAlias($"{function.Arn}:{name}", name, (string)request["FunctionVersion"]!, (string?)request["Description"] ?? "", Weights(request)));
    }

    public JsonObject UpdateAlias(FunctionName named, string name, JsonObject request)
    {
        var function = Find(named);
        var alias = Alias(function, name);
        FunctionRules.CheckRevision(request, alias.RevisionId);
        return SetAlias(function, new FunctionAlias(
            alias.Arn, name, (string?)request["FunctionVersion"] ?? alias.Version, (string?)request["Description"] ?? alias.Description,
            request["RoutingConfig"] is null ? alias.Weights : Weights(request)));
    }

    /// <summary>The revision that runs when the qualifier is invoked.</summary>
    public FunctionRevision Serving(FunctionName named)
    {
        var function = Find(named);
        function.ThrowIfPending();
        return function.Serving(named.Qualifier) ?? throw NotFound(function, named);
    }

    public void Dispose()
    {
        foreach (var function in All)
        {
            function.Dispose();
        }
    }

    private BenchFunction Add(string name, byte[] zip, JsonObject configuration, DateTimeOffset ready) =>
        _functions[name] = new BenchFunction(
        $"arn:aws:lambda:{account.Region}:{account.AccountId}:function:{name}", name,
        new FunctionRevision(account, name, "$LATEST", zip, configuration, log), ready);

    private JsonObject Update(BenchFunction function, byte[] zip, JsonObject configuration, JsonObject request)
    {
        function.Update(
            new FunctionRevision(account, function.Name, "$LATEST", zip, configuration, log), Ready,
                UpdateFailures.TryDequeue(out var failure) ? failure : null);
        return (bool?)request["Publish"] == true
            ? function.Describe(function.Publish(), qualified: true)
            : function.Describe(function.Latest, qualified: false);
    }

    private BenchFunction Changeable(FunctionName named, JsonObject request)
    {
        var function = Find(named);
        function.ThrowIfBusy();
        FunctionRules.CheckRevision(request, function.Latest.RevisionId);
        return function;
    }

    private BenchFunction Find(FunctionName named) => _functions.GetValueOrDefault(named.Name)
        ?? throw new ServiceFault("ResourceNotFoundException", $"Function not found: {named.Arn(account)}", 404);

    private static FunctionRevision Revision(BenchFunction function, FunctionName named) =>
        function.Find(named.Qualifier) ?? throw NotFound(function, named);

    private static JsonObject SetAlias(BenchFunction function, FunctionAlias alias)
    {
        if (alias.Versions.FirstOrDefault(v => function.Find(v) is null) is { } missing)
        {
            throw new ServiceFault("ResourceNotFoundException", $"Function not found: {function.Arn}:{missing}", 404);
        }

        return (function.Aliases[alias.Name] = alias).Describe();
    }

    private static JsonObject? Weights(JsonObject request) => request["RoutingConfig"]?["AdditionalVersionWeights"]?.DeepClone().AsObject();

    private static void Set(Dictionary<string, string> tags, JsonNode? request)
    {
        foreach (var (key, value) in request?.AsObject() ?? [])
        {
            tags[key] = (string)value!;
        }
    }

    private static FunctionAlias Alias(BenchFunction function, string name) => function.Aliases.GetValueOrDefault(name)
        ?? throw new ServiceFault("ResourceNotFoundException", $"Cannot find alias arn: {function.Arn}:{name}", 404);

    private static ServiceFault NotFound(BenchFunction function, FunctionName named) =>
        new("ResourceNotFoundException", $"Function not found: {function.Arn}:{named.Qualifier}", 404);

    private static JsonObject Merge(JsonObject there, JsonObject request)
    {
        var merged = there.DeepClone().AsObject();
        foreach (var field in Configured.Where(f => request[f] is not null))
        {
            merged[field] = request[field]!.DeepClone();
        }

        return merged;
    }
}
