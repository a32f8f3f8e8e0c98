using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>The cases after one run of the engine.</summary>
public sealed class EngineCaseFixture(ModelServer server) : CaseFixture(server)
{
    public DateTime RunStart { get; private set; }

    public RunCounters? Counters { get; private set; }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        RunStart = await Database.NowAsync();
        Counters = await EngineHook.RunTask02Async(Database.Connection, ScenarioBuilder.Window);
    }
}
