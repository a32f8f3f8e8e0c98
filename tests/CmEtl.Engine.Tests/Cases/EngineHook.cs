using CmEtl.Engine.Tests.Model;
using Npgsql;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>
/// THE place where the tests meet the engine: nothing else in Model/ or Cases/ calls it.
/// Both methods get an open connection to the sandbox (it tells host, port, database and user) and the window.
/// </summary>
public static class EngineHook
{
    /// <summary>A complete, fresh run of Task 02 over the window; returns its counters, or null when there are none to compare.</summary>
    public static Task<RunCounters?> RunTask02Async(NpgsqlConnection connection, Window window) => throw new NotImplementedException();

    /// <summary>Task 01 over the window.</summary>
    public static Task<Task01Counters?> RunTask01Async(NpgsqlConnection connection, Window window) => throw new NotImplementedException();
}
