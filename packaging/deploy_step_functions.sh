#!/bin/sh
# Deploys the state machine. This is the documented deployment script for bash. It passes its options to deploy_step_functions.ps1.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

usage() {
    echo "usage: $0 --lambda-arn ARN --role-arn ARN [--state-machine-name NAME] [--definition-file FILE]" >&2
    exit 2
}

lambda= role= name=cm-etl-pipeline-state-machine file=step_functions/etl_pipeline.json
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || usage
    case $1 in
        --lambda-arn) lambda=$2 ;;
        --role-arn) role=$2 ;;
        --state-machine-name | --name) name=$2 ;;
        --definition-file) file=$2 ;;
        *) usage ;;
    esac
    shift 2
done
[ -n "$lambda" ] && [ -n "$role" ] || usage

exec "$here/cmetl" "$here/deploy_step_functions.ps1" -LambdaFunctionArn "$lambda" -RoleArn "$role" -StateMachineName "$name" -DefinitionFile "$file"
