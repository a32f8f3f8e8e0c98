using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CmEtl.AwsBench;

/// <summary>Code and configuration at one time. It is started when it is first invoked.</summary>
/// <param name="account">Adds variables to the environment.</param>
/// <param name="name">The function.</param>
/// <param name="version">A number, or <c>$LATEST</c>.</param>
/// <param name="zip">The package.</param>
/// <param name="configuration">The caller's configuration, with the names of the API.</param>
/// <param name="log">Called with each line the function writes.</param>
internal sealed class FunctionRevision(LambdaAccount account, string name, string version, byte[] zip, JsonObject configuration,
    Action<string> log)
    : IDisposable
{
    private readonly Lazy<SandboxPool> _pool = new(() => new SandboxPool(
        new(name, version, Environment(account, configuration), TimeSpan.FromSeconds((int)configuration["Timeout"]!)), zip, log));

    public string Version => version;

    public byte[] Zip => zip;

    public JsonObject Configuration => configuration;

    public string CodeSha256 { get; } = Convert.ToBase64String(SHA256.HashData(zip));

    public string RevisionId { get; } = Guid.NewGuid().ToString();

    public IReadOnlyCollection<LambdaSandbox> Sandboxes => _pool.IsValueCreated ? _pool.Value.All : [];

    /// <summary>The same code and configuration under another number.</summary>
    public FunctionRevision As(string number) => new(account, name, number, zip, configuration.DeepClone().AsObject(), log);

    /// <summary>Whether publishing both revisions would give the same version.</summary>
    public bool IsLike(FunctionRevision? other) =>
        other is not null && CodeSha256 == other.CodeSha256 && JsonNode.DeepEquals(configuration, other.Configuration);

    public Task<InvokeResult> InvokeAsync(byte[] payload) => _pool.Value.InvokeAsync(payload);

    public void Dispose()
    {
        if (_pool.IsValueCreated)
        {
            _pool.Value.Dispose();
        }
    }

    private static Dictionary<string, string> Environment(LambdaAccount account, JsonObject configuration)
    {
        var all = account.Environment.ToDictionary();
        foreach (var (variable, value) in configuration["Environment"]?["Variables"]?.AsObject() ?? [])
        {
            all[variable] = (string)value!;
        }

        return all;
    }
}
