using System.Collections;
using CmEtl.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmEtl.PowerShell;

/// <summary>Completes values from the ledger, using the parameters typed so far, the session or the environment to connect.</summary>
public abstract class LedgerCompleter : CmCompleter
{
    private protected LedgerCompleter()
    {
    }

    private protected sealed override async Task<IEnumerable<Choice>> FindAsync(IDictionary bound, CancellationToken cancel)
    {
        var parameters = new ConnectionParameters(bound, CmSession.Connection);
        var settings = SettingsLoader.Load(parameters.ToSettings(),
            Text(bound, nameof(EngineCmdlet.SettingsPath)) ?? parameters.SettingsPath);
        await using var engine = new EtlEngine(settings, NullLoggerFactory.Instance);
        return await FindAsync(engine, bound, cancel);
    }

    private protected abstract Task<IEnumerable<Choice>> FindAsync(EtlEngine engine, IDictionary bound, CancellationToken cancel);
}
