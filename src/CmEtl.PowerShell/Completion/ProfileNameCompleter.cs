using System.Collections;
using CmEtl.Aws;

namespace CmEtl.PowerShell;

/// <summary>Completes profiles of the shared AWS configuration.</summary>
public sealed class ProfileNameCompleter : CmCompleter
{
    private protected override Task<IEnumerable<Choice>> FindAsync(IDictionary bound, CancellationToken cancel) => Task.FromResult(
        AwsNames.Profiles().Select(p => new Choice(p.Name, p.Region ?? "no region")));
}
