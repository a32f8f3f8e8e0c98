using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CmEtl.Aws;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>A cmdlet that talks to AWS and to no database.</summary>
public abstract class AwsCmdlet : CmCmdlet
{
    private protected AwsCmdlet()
    {
    }

    /// <summary>Region, like us-east-1; that of the environment or the profile by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Name of a profile in the shared AWS configuration files; AWS_PROFILE by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>Address of the service instead of the region's own: a private endpoint, a test server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    private protected AwsConnection Aws => new(Region, ProfileName, EndpointUrl);

    /// <summary>A hashtable's entries as text; a null value stays null.</summary>
    private protected static Dictionary<string, string?> Texts(Hashtable? table) =>
        table?.Cast<DictionaryEntry>().GroupBy(e => Text(e.Key)!, e => Text(e.Value)).ToDictionary(g => g.Key, g => g.Count() == 1 ? g.Single()
            : throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.NameTwice, $"The name {PlainText.Printable(g.Key)} is given twice.", "Give it once.") { Subject = g.Key }) ?? [];

    private static string? Text(object? value) => Convert.ToString(value is PSObject shell ? shell.BaseObject : value, CultureInfo.InvariantCulture) is { } text
        && value is not null ? text : null;
}
