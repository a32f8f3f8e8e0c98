using System.Text.Json;
using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>State machines, versions, aliases and tags.</summary>
internal sealed class MachineOperations(BenchOptions options, NodeHost node)
{
    private static readonly string[] Frozen = ["definition", "roleArn", "loggingConfiguration", "tracingConfiguration"];

    public Dictionary<string, BenchMachine> Machines { get; } = [];

    public async Task<JsonObject> CreateAsync(JsonObject request)
    {
        var name = (string)request["name"]!;
        await CheckAsync((string)request["definition"]!);
        var arn = $"arn:{options.Partition}:states:{options.Region}:123456789012:stateMachine:{name}";
        var content = Copy(request, new JsonObject());
        if (Machines.TryGetValue(arn, out var there))
        {
            return JsonNode.DeepEquals(there.Content, content)
                ? Created(there)
                : throw new ServiceFault("StateMachineAlreadyExists", $"State Machine Already Exists: '{arn}'");
        }

        var machine = Machines[arn] = new BenchMachine { Arn = arn, Name = name, Content = content };
        Tag(machine, request);
        return Created(machine);
    }

    public async Task<JsonObject> UpdateAsync(JsonObject request)
    {
        var machine = Find((string)request["stateMachineArn"]!);
        if ((string?)request["definition"] is { } definition)
        {
            await CheckAsync(definition);
        }

        machine.Content = Copy(request, machine.Content.DeepClone().AsObject());
        machine.Revision = Guid.NewGuid().ToString();
        return new() { ["updateDate"] = Epoch.Seconds(DateTimeOffset.UtcNow), ["revisionId"] = machine.Revision };
    }

    public JsonObject Describe(JsonObject request)
    {
        var machine = Find((string)request["stateMachineArn"]!);
        var answer = machine.Content.DeepClone().AsObject();
        answer["stateMachineArn"] = machine.Arn;
        answer["name"] = machine.Name;
        answer["status"] = "ACTIVE";
        answer["type"] = "STANDARD";
        answer["creationDate"] = Epoch.Seconds(machine.Created);
        answer["revisionId"] = machine.Revision;
        return answer;
    }

    public JsonObject Delete(JsonObject request)
    {
        Machines.Remove((string)request["stateMachineArn"]!);
        return [];
    }

    public JsonObject List(JsonObject request) => Page.Of(options, request, "stateMachines", Machines.Values.Select(m => new JsonObject
    {
        ["stateMachineArn"] = m.Arn, ["name"] = m.Name, ["type"] = "STANDARD", ["creationDate"] = Epoch.Seconds(m.Created),
    }));

    public async Task<JsonObject> ValidateAsync(JsonObject request)
    {
        var errors = await FindErrorsAsync((string)request["definition"]!);
        return new()
        {
            ["result"] = errors.Count == 0 ? "OK" : "FAIL",
            ["diagnostics"] = new JsonArray([.. errors.Select(
                e => new JsonObject { ["severity"] = "ERROR", ["code"] = e.Code, ["message"] = e.Message, ["location"] = e.Path })]),
            ["truncated"] = false,
        };
    }

    public JsonObject Publish(JsonObject request)
    {
        var machine = Find((string)request["stateMachineArn"]!);
        var last = machine.Versions.LastOrDefault();
        if (last.Arn is null || last.Revision != machine.Revision)
        {
            last = ($"{machine.Arn}:{++machine.Published}", machine.Revision, machine.Content.DeepClone().AsObject(), DateTimeOffset.UtcNow);
            machine.Versions.Add(last);
        }

        return new() { ["stateMachineVersionArn"] = last.Arn, ["creationDate"] = Epoch.Seconds(last.At) };
    }

    public JsonObject ListVersions(JsonObject request) => Page.Of(
        options, request, "stateMachineVersions", Find((string)request["stateMachineArn"]!).Versions.AsEnumerable().Reverse().Select(v => new JsonObject
        {
            ["stateMachineVersionArn"] = v.Arn, ["creationDate"] = Epoch.Seconds(v.At),
        }));

    public JsonObject ListAliases(JsonObject request)
    {
        var machine = Find((string)request["stateMachineArn"]!);
        return Page.Of(options, request, "stateMachineAliases", machine.Aliases.Select(a => new JsonObject
        {
            ["stateMachineAliasArn"] = $"{machine.Arn}:{a.Key}", ["creationDate"] = Epoch.Seconds(a.Value.Created),
        }));
    }

    public JsonObject DeleteVersion(JsonObject request)
    {
        var arn = (string)request["stateMachineVersionArn"]!;
        var machine = Find(arn);
        if (machine.Aliases.Values.Any(a => a.Routing.Any(r => (string?)r!["stateMachineVersionArn"] == arn)))
        {
            throw new ServiceFault("ConflictException", $"Version to be deleted must not be referenced by an alias: '{arn}'");
        }

        machine.Versions.RemoveAll(v => v.Arn == arn);
        return [];
    }

    public JsonObject CreateAlias(JsonObject request)
    {
        var routing = request["routingConfiguration"]!.AsArray();
        var version = (string)routing[0]!["stateMachineVersionArn"]!;
        var machine = Find(version);
        var alias = machine.Aliases[(string)request["name"]!] = new(routing.DeepClone().AsArray(), DateTimeOffset.UtcNow,
            DateTimeOffset.UtcNow);
        return new() { ["stateMachineAliasArn"] = $"{machine.Arn}:{request["name"]}", ["creationDate"] = Epoch.Seconds(alias.Created) };
    }

    public JsonObject UpdateAlias(JsonObject request)
    {
        var (machine, name, alias) = FindAlias(request);
        machine.Aliases[name] = alias with { Routing = request["routingConfiguration"]!.DeepClone().AsArray(), Updated = DateTimeOffset.UtcNow };
        return new() { ["updateDate"] = Epoch.Seconds(DateTimeOffset.UtcNow) };
    }

    public JsonObject DescribeAlias(JsonObject request)
    {
        var (machine, name, alias) = FindAlias(request);
        return new()
        {
            ["stateMachineAliasArn"] = $"{machine.Arn}:{name}", ["name"] = name, ["routingConfiguration"] = alias.Routing.DeepClone(),
            ["creationDate"] = Epoch.Seconds(alias.Created), ["updateDate"] = Epoch.Seconds(alias.Updated),
        };
    }

    public JsonObject Tag(JsonObject request)
    {
        Tag(Find((string)request["resourceArn"]!), request);
        return [];
    }

    public JsonObject Untag(JsonObject request)
    {
        foreach (var key in request["tagKeys"]!.AsArray())
        {
            Find((string)request["resourceArn"]!).Tags.Remove((string)key!);
        }

        return [];
    }

    public JsonObject ListTags(JsonObject request) => new()
    {
        ["tags"] = new JsonArray([.. Find((string)request["resourceArn"]!).Tags.Select(t => new JsonObject { ["key"] = t.Key, ["value"] = t.Value })]),
    };

    /// <summary>The definition that an ARN of a machine, a version or an alias refers to.</summary>
    public (BenchMachine Machine, string? Version, JsonObject Content) Resolve(string arn)
    {
        var machine = Find(arn);
        var qualifier = arn[machine.Arn.Length..].TrimStart(':');
        var version = machine.Aliases.TryGetValue(qualifier, out var alias) ? (string)alias.Routing[0]!["stateMachineVersionArn"]! : arn;
        return qualifier.Length == 0 ? (machine, null, machine.Content)
            : machine.Versions.Find(v => v.Arn == version) is { Arn: not null } found ? (machine, found.Arn, found.Content)
            : throw new ServiceFault("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");
    }

    private BenchMachine Find(string arn) => Machines.GetValueOrDefault(string.Join(':', arn.Split(':').Take(7)))
        ?? throw new ServiceFault("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");

    private (BenchMachine Machine, string Name, BenchAlias Alias) FindAlias(JsonObject request)
    {
        var arn = (string)request["stateMachineAliasArn"]!;
        var name = arn.Split(':')[^1];
        return Find(arn) is var machine && machine.Aliases.TryGetValue(name, out var alias)
            ? (machine, name, alias)
            : throw new ServiceFault("ResourceNotFound", $"Resource not found: '{arn}'");
    }

    private static JsonObject Created(BenchMachine machine) => new() { ["stateMachineArn"] = machine.Arn, ["creationDate"] = Epoch.Seconds(machine.Created) };

    private static void Tag(BenchMachine machine, JsonObject request)
    {
        foreach (var tag in request["tags"]?.AsArray() ?? [])
        {
            machine.Tags[(string)tag!["key"]!] = (string?)tag["value"] ?? "";
        }
    }

    private static JsonObject Copy(JsonObject from, JsonObject to)
    {
        foreach (var field in Frozen.Where(f => from[f] is not null))
        {
            to[field] = from[field]!.DeepClone();
        }

        return to;
    }

    private async Task CheckAsync(string definition)
    {
        if (await FindErrorsAsync(definition) is { Count: > 0 } errors)
        {
            throw new ServiceFault("InvalidDefinition", $"Invalid State Machine Definition: '{string.Join(", ", errors.Select(e => $"{e.Code}: {e.Message}"))}'");
        }
    }

    private async Task<List<(string Code, string Message, string Path)>> FindErrorsAsync(string definition)
    {
        JsonNode? machine;
        try
        {
            machine = JsonNode.Parse(definition);
        }
        catch (JsonException error)
        {
            return [("INVALID_JSON_DESCRIPTION", error.Message, "")];
        }

        var answer = await node.Call("validate", new JsonObject { ["definition"] = machine }).Answer;
        return [.. answer["errors"]!.AsArray().Select(e => ((string?)e!["code"] ?? "", (string?)e["message"] ?? "", (string?)e["path"] ?? ""))];
    }
}
