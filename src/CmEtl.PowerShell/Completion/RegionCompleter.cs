using System.Collections;
using CmEtl.Aws;

namespace CmEtl.PowerShell;

/// <summary>Completes regions of AWS.</summary>
public sealed class RegionCompleter : CmCompleter
{
    private protected override Task<IEnumerable<Choice>> FindAsync(IDictionary bound, CancellationToken cancel) => Task.FromResult(
        AwsNames.Regions().OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => new Choice(r.Name, r.Description)));
}
