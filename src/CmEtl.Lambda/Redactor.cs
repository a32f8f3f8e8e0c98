using System.Text.RegularExpressions;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// Removes host, user and password from every text that leaves the function, in case a remedy or an error names them. An administrator's
/// shell may show them, but a state machine's history and a log group must not.
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
