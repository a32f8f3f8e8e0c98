using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CmEtl.PowerShell;

/// <summary>
/// Completes an argument. Somebody is typing: nothing is ever thrown, and a server that does not answer at once has nothing to say.
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
            // Not disposed: who is no longer waited for still looks at it. A thread of its own: those of the pool may all be waiting for a
            // server.
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

    /// <summary>What is offered when there is nothing to offer; null leaves it to PowerShell, which offers files.</summary>
    private protected virtual IEnumerable<CompletionResult> Nothing => [];

    /// <summary>The values there are, in the order of the list.</summary>
    private protected abstract Task<IEnumerable<Choice>> FindAsync(IDictionary bound, CancellationToken cancel);

    /// <summary>A parameter that was typed before.</summary>
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
