using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CmEtl.PowerShell;

/// <summary>
/// Completes an argument. It never throws, and returns nothing if a server does not respond quickly, because the user is typing.
/// </summary>
public abstract class CmCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private protected CmCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        try
        {
            // Not disposed, because work that timed out still uses the token. A separate thread, because all threads of the pool may be
            // waiting for a server.
            var limit = new CancellationTokenSource(Patience);
            var choices = Task.Factory.StartNew(
                () => FindAsync(fakeBoundParameters ?? new Hashtable(), limit.Token), limit.Token, TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap();
            CompletionResult[] results = choices.Wait(Patience) ? [.. choices.Result.Where(c => Matches(c, word)).Select(Result)] : [];
            return results.Length > 0 ? results : Nothing;
        }
        catch (Exception)
        {
            return Nothing;
        }
    }

    /// <summary>The result if no value matches. With null, PowerShell completes file names.</summary>
    private protected virtual IEnumerable<CompletionResult> Nothing => [];

    /// <summary>Finds the values, in the order of the list.</summary>
    private protected abstract Task<IEnumerable<Choice>> FindAsync(IDictionary bound, CancellationToken cancel);

    /// <summary>Value of a parameter typed so far. Null if it is absent or empty.</summary>
    private protected static string? Text(IDictionary bound, string parameter) =>
        (bound[parameter] is PSObject shell ? shell.BaseObject : bound[parameter]) as string is { Length: > 0 } text ? text : null;

    private static bool Matches(Choice choice, string word) =>
        choice.Value.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            || choice.Name?.StartsWith(word, StringComparison.OrdinalIgnoreCase) == true;

    private static CompletionResult Result(Choice choice) =>
        new(Quoted(choice.Value), choice.Name ?? choice.Value, CompletionResultType.ParameterValue, choice.Description);

    private static string Quoted(string value) => value.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/')
        ? value
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
