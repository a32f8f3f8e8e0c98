using System.Text.RegularExpressions;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// The last door before a text leaves the function: host, user and password are taken out, wherever a remedy or a setting's error names
/// them. What an admin's own shell may show is not for a state machine's history or a log group.
/// </summary>
internal sealed class Redactor
{
    private readonly Regex? _secrets;

    public Redactor(EtlSettings settings)
    {
        var texts = new[] { settings.Password, settings.Host, settings.User }.Where(t => !string.IsNullOrEmpty(t))
            .Select(t => Regex.Escape(t!));
        var pattern = string.Join('|', texts);
        _secrets = pattern.Length == 0 ? null : new Regex($@"(?<!\w)(?:{pattern})(?!\w)", RegexOptions.CultureInvariant);
    }

    public string Clean(string text) => _secrets?.Replace(text, "(hidden)") ?? text;
}
